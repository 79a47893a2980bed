using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Overseer.Stores;

namespace Overseer;

/// <summary>The leases this worker believes it holds, under its present id. Thread-safe.</summary>
internal sealed class LeaseBook(TimeProvider clock, WorkerProcess process, ILogger log)
{
    // One lock for its writers, who take the gate anyway.
    private readonly ConcurrentDictionary<JobLease, HeldJob> held = new(concurrencyLevel: 1, capacity: 31);
    private readonly Lock gate = new();
    private int withLosses;

    public WorkerId Worker { get; private set; } = process.NewId();

    /// <summary>No beat has landed for so long that the leases may be gone: nothing new is reserved or started.</summary>
    public bool IsInDoubt { get; private set; }

    public int Count => held.Count;

    public bool HoldsLosses => Volatile.Read(ref withLosses) > 0;

    public IReadOnlyCollection<JobLease> Leases => [.. held.Keys];

    public IEnumerable<HeldJob> Jobs => held.Values;

    public HeldJob Hold(ReservedJob job)
    {
        var mine = new HeldJob(job, clock.GetTimestamp(), process, log);
        lock (gate)
        {
            // Reserved under an id that died meanwhile: the store takes such jobs back, so they must not start.
            if (job.Lease.Worker != Worker) mine.Lose(clock.GetTimestamp());
            else if (IsInDoubt) mine.Cancel(clock.GetTimestamp());
            held[job.Lease] = mine;
            if (job.Losses > 0) withLosses++;
        }

        return mine;
    }

    public void Remove(HeldJob job)
    {
        lock (gate)
        {
            if (held.TryRemove(job.Lease, out _) && job.Job.Losses > 0) withLosses--;
        }
    }

    /// <summary>The store says a lease is gone. False if its attempt has ended anyway: then the ending finds out for itself.</summary>
    public bool Lose(JobLease lease)
    {
        if (!held.TryGetValue(lease, out var job) || job.HasEnded) return false;
        job.Lose(clock.GetTimestamp());
        return true;
    }

    /// <summary>The store took this worker for dead: every lease is gone, and a new life begins under a new id.</summary>
    public WorkerId Renew()
    {
        lock (gate)
        {
            foreach (var job in held.Values) job.Lose(clock.GetTimestamp());
            IsInDoubt = false;
            return Worker = process.NewId();
        }
    }

    /// <summary>Cancels what runs, because the leases may be gone. True the first time.</summary>
    public bool Doubt()
    {
        lock (gate)
        {
            if (IsInDoubt) return false;
            IsInDoubt = true;
            CancelAll();
            return true;
        }
    }

    public void Trust()
    {
        lock (gate) IsInDoubt = false;
    }

    public void CancelAll()
    {
        foreach (var job in held.Values) job.Cancel(clock.GetTimestamp());
    }
}
