namespace Overseer.Simulation.Tests;

internal sealed partial class History
{
    /// <summary>Looks at all jobs, and takes what is there for what is known.</summary>
    /// <param name="mayChange">False if what was just done is to change nothing.</param>
    /// <param name="isRetry">Whether an operator asked for what has ended to be opened again.</param>
    private void Look(bool mayChange = true, bool isRetry = false)
    {
        FindNewRuns();
        foreach (var (id, jobs) in runs)
        {
            var now = List(id);
            for (var number = 0; number < jobs.Length; number++)
            {
                var (job, before) = (jobs[number], jobs[number].Seen);
                if (number >= now.Count) continue;
                job.Seen = now[number];
                if (!mayChange && !JobTrack.AreSame(before, job.Seen)) Break(Promise.StaleChangesNothing, $"Job {job} was {before.Status} {before.Failure}.");
                if (before.Status != job.Seen.Status) Compare(job, before.Status, isRetry);
            }

            foreach (var job in jobs) Check(job, jobs);
            Recount(id, jobs);
        }
    }

    private void Compare(JobTrack job, JobStatus before, bool isRetry)
    {
        Note($"    {before} -> {job}");
        if (before == JobStatus.Finished) Break(Promise.EndsOnce, $"Job {job} had finished.");
        else if (before is JobStatus.Failed or JobStatus.Aborted && !isRetry) Break(Promise.EndsOnce, $"Job {job} was {before}.");
        if (job.Seen.Status == JobStatus.Started && job.Holder is null) Break(Promise.OneHolder, $"Job {job} was given to nobody.");
        if (job.Seen.Status != JobStatus.Started && job.Holder is not null) Break(Promise.LastLeaseEnds, $"Job {job} ended beside its lease.");
        if (before == JobStatus.Unstarted && job.Seen.Status is JobStatus.Finished or JobStatus.Failed) Break(Promise.LastLeaseEnds, $"Job {job} ended without a lease.");
        if (isRetry && job.Seen.Status == JobStatus.Unstarted) (job.Taken, job.PutBacks) = (0, job.PutBacks + 1);
    }

    private void Check(JobTrack job, JobTrack[] jobs)
    {
        var (waiting, isBehindClosed) = (0, false);
        foreach (var number in job.Dependencies)
        {
            if (jobs[number].Seen.Status != JobStatus.Finished) waiting++;
            isBehindClosed |= jobs[number].IsClosed;
        }

        if (isBehindClosed && job.Seen.Status is not JobStatus.Aborted) Break(Promise.NothingBehindClosed, $"Job {job} is behind one that failed or was aborted.");
        else if (waiting > 0 && job.Seen.Status is JobStatus.Started or JobStatus.Finished) Break(Promise.DependenciesFirst, $"Job {job} waits for {waiting}.");
        if (job.Seen.Reason is JobReason.DependencyFailed or JobReason.DependencyAborted && !isBehindClosed) Break(Promise.ClosedForCause, $"Job {job} has nothing closed before it.");
        if (job.Seen.WaitingOn != waiting) Break(Promise.CountsRight, $"Job {job} waits for {waiting}.");
        if (job.Seen.Attempt > job.Seen.MaxAttempts || job.Seen.Attempt < 0) Break(Promise.AttemptsLimited, $"Job {job}.");
        if (job.Seen.Losses > lossLimit || (job.Seen.Losses == lossLimit && job.IsOpen)) Break(Promise.LossesLimited, $"Job {job}.");
        if (job.Seen.Losses != job.Taken) Break(Promise.LossesCounted, $"Job {job} was taken from {job.Taken} workers.");
    }

    private void Recount(RunId id, JobTrack[] jobs)
    {
        var run = store.GetRunAsync(id).GetAwaiter().GetResult()!;
        var (finished, failed, aborted) = (0, 0, 0);
        foreach (var job in jobs)
        {
            finished += job.Seen.Status == JobStatus.Finished ? 1 : 0;
            failed += job.Seen.Status == JobStatus.Failed ? 1 : 0;
            aborted += job.Seen.Status == JobStatus.Aborted ? 1 : 0;
        }

        if ((run.Finished, run.Failed, run.Aborted) != (finished, failed, aborted)) Break(Promise.CountsRight, $"{run}, and a recount gives {finished}, {failed}, {aborted}.");
        if (run.Status == RunStatus.Active != finished + failed + aborted < jobs.Length) Break(Promise.CountsRight, $"{run} is active or not, against its jobs.");
    }
}
