using System.Collections.Concurrent;

namespace Overseer.Faults;

/// <summary>Where handlers wait for the scenario.</summary>
internal sealed class Gates
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where files that outlive the process may be put.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Whether nobody asked before, in whatever process.</summary>
    public bool IsFirst(string job)
    {
        try
        {
            using var file = new FileStream(Path.Combine(Folder, $"job-{job}"), FileMode.CreateNew);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether what handlers need is down: until the scenario writes the file.</summary>
    public bool IsDown => !File.Exists(Path.Combine(Folder, "up"));

    public Task WaitAsync(string job, CancellationToken cancellationToken) => Task.WhenAny(Of(job).Task, all.Task).Unwrap().WaitAsync(cancellationToken);

    public void Open(string job)
    {
        if (job == "*") all.TrySetResult();
        else Of(job).TrySetResult();
    }

    private TaskCompletionSource Of(string job) => waiting.GetOrAdd(job, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
