namespace Overseer;

public sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task<int> CancelRunAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var cancelled = 0;
        lock (gate)
        {
            if (!runs.TryGetValue(run, out var found)) return Task.FromResult(0);
            var now = Now();
            foreach (var job in found.Jobs)
            {
                if (job.IsEnded) continue;
                TakeOut(job);
                job.Status = JobStatus.Aborted;
                job.Reason = JobReason.Cancelled;
                job.Failure = null;
                job.FinishedAt = now;
                found.Count(job, 1, now);
                cancelled++;
            }
        }

        if (cancelled > 0) pulse.Signal(clock);
        return Task.FromResult(cancelled);
    }

    /// <inheritdoc/>
    public Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (FindJob(job) is not { IsEnded: false } found) return Task.FromResult(false);
            Close(found, JobStatus.Aborted, JobReason.Cancelled, failure: null, Now());
        }

        pulse.Signal(clock);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<int> RetryFailedAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var reopened = 0;
        lock (gate)
        {
            if (!runs.TryGetValue(run, out var found)) return Task.FromResult(0);
            var now = Now();
            // Whatever is closed was closed by a job that is reopened here, so nothing stays closed; the dependencies need not be counted.
            foreach (var job in found.Jobs)
            {
                if (job.Status is not (JobStatus.Failed or JobStatus.Aborted)) continue;
                found.Count(job, -1, now);
                Reopen(job, now);
                reopened++;
            }
        }

        if (reopened > 0) pulse.Signal(clock);
        return Task.FromResult(reopened);
    }

    private void Reopen(MemoryJob job, DateTimeOffset now)
    {
        job.Status = JobStatus.Unstarted;
        job.Reason = null;
        job.Cause = null;
        job.Attempt = 0;
        job.Losses = 0;
        job.Snoozes = 0;
        job.Faults = 0;
        if (job.RunAt < now) job.RunAt = now;
        job.FinishedAt = null;
        job.Failure = null;
        AddIfReady(job);
    }
}
