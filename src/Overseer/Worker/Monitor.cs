namespace Overseer;

/// <summary>Resets dead jobs: takes back what workers held whose heartbeats stopped. Every worker has one; the store makes them safe side by side.</summary>
internal sealed class Monitor(WorkerParts parts, ReportQueue reports, Action shutdown)
{
    private const int Page = 1000;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (await SweepAsync(stopping)) stopping.ThrowIfCancellationRequested();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                parts.Log.MonitorFailed(parts.Store.Name, parts.Options.MonitorFailure, error);
                if (parts.Options.MonitorFailure == MonitorFailureAction.Shutdown)
                {
                    shutdown();
                    return;
                }
            }

            try
            {
                await Task.Delay(parts.Options.HeartbeatSleep * (0.8 + (parts.Process.Random.NextDouble() * 0.4)), parts.Clock, stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> SweepAsync(CancellationToken stopping)
    {
        var swept = await parts.Store.SweepAsync(parts.Options.LossLimit, Page, stopping);
        if (swept.DeadWorkers > 0 || swept.Jobs.Count > 0) parts.Log.DeadJobsReset(swept.DeadWorkers, swept.Jobs.Count);
        foreach (var job in swept.Jobs)
        {
            if (job.Status != JobStatus.Failed) continue;
            parts.Log.JobFailed(job.Id, job.Type, JobReason.WorkerLost.ToWord(), job.Attempt, null);
            reports.Add(new FailureReport(
                job.Id, job.Type, job.Run, null, job.Attempt, JobStatus.Failed, JobReason.WorkerLost,
                job.Failure ?? new JobFailure("Too many workers died while they held this job."), null));
        }

        return swept.HasMore;
    }
}
