using System.Text;

namespace Overseer.Faults;

/// <summary>The file that one process appends its history to. A line is one write, so that a kill loses or cuts none before it. Thread-safe.</summary>
internal sealed class HistoryFile(string path, string actor) : IDisposable
{
    private readonly FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private readonly Lock gate = new();

    public void Write(string op, string job = "", long lease = 0, string result = "")
    {
        var line = Encoding.UTF8.GetBytes(new HistoryEntry(HistoryEntry.Now, DateTime.UtcNow, actor, op, job, lease, result) + "\n");
        lock (gate) file.Write(line);
    }

    public void Dispose() => file.Dispose();

    /// <summary>All that the processes of one scenario wrote, in the order of the machine's clock.</summary>
    public static IReadOnlyList<HistoryEntry> ReadAll(string folder)
    {
        var entries = new List<HistoryEntry>();
        foreach (var path in Directory.GetFiles(folder, "*.tsv"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            // What follows the last line feed was not written whole.
            var lines = reader.ReadToEnd().Split('\n');
            entries.AddRange(lines[..^1].Select(HistoryEntry.Parse));
        }

        return [.. entries.OrderBy(entry => entry.Mono)];
    }
}
