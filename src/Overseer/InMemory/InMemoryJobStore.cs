using Overseer.Stores;

namespace Overseer;

/// <summary>A store in the memory of one process: for tests, and for graphs that need not outlive it. Thread-safe.</summary>
/// <remarks>Keeps every rule of <see cref="IJobStore"/> but durability: disposing it, or the end of the process, loses everything.</remarks>
/// <param name="clock">Tells the time. Default: the system's.</param>
public sealed partial class InMemoryJobStore(TimeProvider? clock = null) : IJobStore, IDisposable
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    private readonly ChangePulse pulse = new();

    private readonly Lock gate = new();

    private readonly Dictionary<RunId, MemoryRun> runs = [];

    private readonly Dictionary<string, MemoryRun> runsByKey = new(StringComparer.Ordinal);

    private readonly Dictionary<string, MemoryJob> jobsByName = new(StringComparer.Ordinal);

    private readonly ReadyJobs ready = new();

    private readonly ReadyJobs readyWithLosses = new();

    private readonly Dictionary<WorkerId, MemoryWorker> workers = [];

    // Kept for dead workers too, until the sweep has taken the last job back.
    private readonly Dictionary<WorkerId, HashSet<MemoryJob>> held = [];

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public Task InstallAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task WaitForChangeAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => pulse.WaitAsync(atMost, clock, cancellationToken);

    /// <inheritdoc/>
    public bool IsTransient(Exception exception) => false;

    /// <summary>Does nothing: there is nothing to close.</summary>
    public void Dispose()
    {
    }

    /// <summary>Does nothing: there is nothing to close.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Whole milliseconds, as the other stores keep them.
    private DateTimeOffset Now() => Whole(clock.GetUtcNow());

    internal static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private void PutBack(MemoryJob job)
    {
        LetGo(job);
        job.Status = JobStatus.Unstarted;
        AddIfReady(job);
    }

    private void AddIfReady(MemoryJob job)
    {
        if (job.Status == JobStatus.Unstarted && job.Waiting == 0) (job.Losses > 0 ? readyWithLosses : ready).Add(job);
    }

    private void TakeOut(MemoryJob job)
    {
        (job.Losses > 0 ? readyWithLosses : ready).Remove(job);
        LetGo(job);
    }

    private void LetGo(MemoryJob job)
    {
        if (job.Worker is not { } worker) return;
        job.Worker = null;
        if (held[worker].Remove(job) && held[worker].Count == 0) held.Remove(worker);
    }

    private sealed class MemoryWorker(string label, TimeSpan leaseTime)
    {
        public string Label { get; } = label;

        public TimeSpan LeaseTime { get; } = leaseTime;

        public DateTimeOffset BeatAt { get; set; }
    }
}
