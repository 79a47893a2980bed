using System.Collections.Concurrent;

namespace Consumer;

/// <summary>What happened, in order.</summary>
public sealed class Trace
{
    private readonly ConcurrentQueue<string> lines = [];

    public IEnumerable<string> Lines => lines;

    public void Add(string line) => lines.Enqueue(line);
}
