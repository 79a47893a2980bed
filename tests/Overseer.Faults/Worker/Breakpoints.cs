using System.Collections.Concurrent;

namespace Overseer.Faults;

/// <summary>Named points between the engine and its store at which a worker says that it is there, and waits until the scenario says go.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>claimed</c>: a claim is committed, and nothing of it has started.</item>
/// <item><c>ending</c>: handlers have ended, and the store has not been told.</item>
/// <item><c>ended</c>: the store has committed how they ended, and the engine does not know.</item>
/// <item><c>beating</c>: a beat is due, and not sent.</item>
/// <item><c>inserting</c>: a client is about to insert.</item>
/// </list>
/// Points inside of the database's transactions are triggers, see <see cref="Barrier"/>. None of them is in the engine, and a release has none.
/// </remarks>
internal sealed class Breakpoints(IEnumerable<string> names, Action<string> say)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> points = new(names.Select(name => KeyValuePair.Create(name, new SemaphoreSlim(0))));

    /// <summary>From now on who comes there waits.</summary>
    public void Hold(string name) => points.TryAdd(name, new SemaphoreSlim(0));

    public async Task ReachAsync(string name)
    {
        if (!points.TryGetValue(name, out var point)) return;
        say($"at {name}");
        await point.WaitAsync();
    }

    /// <summary>For callers that must stay on their thread.</summary>
    public void Reach(string name)
    {
        if (!points.TryGetValue(name, out var point)) return;
        say($"at {name}");
        point.Wait();
    }

    /// <summary>Lets one that waits there go on, or the next one that comes.</summary>
    public void Go(string name) => points[name].Release();

    /// <summary>From now on nobody waits there.</summary>
    public void Lift(string name) => points[name].Release(1_000_000);
}
