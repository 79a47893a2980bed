using Overseer.Stores;

namespace Overseer;

public sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default)
    {
        lock (gate) workers[worker.Id] = new MemoryWorker(worker.Label, worker.LeaseTime) { BeatAt = Now() };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (!workers.TryGetValue(worker, out var row)) return Task.FromResult(new BeatAnswer(IsAlive: false, [.. held]));
            row.BeatAt = Now();
            return Task.FromResult(new BeatAnswer(IsAlive: true, [.. held.Where(lease => FindHeld(lease) is null)]));
        }
    }

    /// <inheritdoc/>
    public Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            workers.Remove(worker);
            if (held.TryGetValue(worker, out var jobs))
            {
                foreach (var job in jobs.ToList()) Release(job);
            }
        }

        pulse.Signal(clock);
        return Task.CompletedTask;
    }

    private void Release(MemoryJob job)
    {
        job.Attempt--;
        PutBack(job);
    }

    /// <summary>The job, if the lease is still its current one: the fence that every ending passes.</summary>
    private MemoryJob? FindHeld(JobLease lease) =>
        FindJob(lease.Run, lease.Job) is { Status: JobStatus.Started } job && job.Worker == lease.Worker && job.Lease == lease.Number ? job : null;
}
