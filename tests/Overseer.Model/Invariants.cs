namespace Overseer.Model;

/// <summary>What holds in every state of a store.</summary>
public static class Invariants
{
    /// <summary>The first thing that is wrong in a state; null if nothing is.</summary>
    public static string? FindBreach(ModelState state, int lossLimit)
    {
        foreach (var (run, number, job) in state.Jobs)
        {
            if (FindBreach(state.Run(run)!, job, lossLimit) is { } breach) return $"Job {run}-{number} {breach}: {job}";
        }

        var crowded = state.Jobs.Where(place => place.Job is { Status: JobStatus.Started, Losses: > 0 }).GroupBy(place => place.Job.Worker).FirstOrDefault(held => held.Skip(1).Any());
        return crowded is null ? null : $"Worker {crowded.Key} holds several jobs with losses.";
    }

    /// <summary>What is wrong in the step from one state to the next; null if nothing is.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="after">The state after.</param>
    /// <param name="isRetry">Whether an operator asked for what has ended to be opened again.</param>
    public static string? FindBreach(ModelState before, ModelState after, bool isRetry)
    {
        foreach (var (run, number, old) in before.Jobs)
        {
            var job = after.Job(run, number)!;
            if (job.Lease < old.Lease) return $"The lease of job {run}-{number} went from {old.Lease} to {job.Lease}.";
            if (old.Status == JobStatus.Finished && job != old with { Waiting = job.Waiting, Closed = job.Closed }) return $"Finished job {run}-{number} changed from {old} to {job}.";
            if (old.IsEnded && old.Status != job.Status && !isRetry) return $"Job {run}-{number} went from {old.Status} to {job.Status}.";
            if (old.Status == JobStatus.Started && job.Status == JobStatus.Started && (old.Worker, old.Lease) != (job.Worker, job.Lease))
                return $"Job {run}-{number} went from one holder to the next: {old} to {job}.";
        }

        return null;
    }

    private static string? FindBreach(ModelRun run, ModelJob job, int lossLimit)
    {
        var dependencies = job.Dependencies.Select(number => run.Jobs[number]).ToList();
        if (job.Waiting != dependencies.Count(dependency => dependency.Status != JobStatus.Finished)) return "does not count what it waits for";
        if (job.Closed != dependencies.Count(dependency => dependency.IsClosed)) return "does not count what is closed before it";
        if (job.Closed > 0 && !job.IsEnded) return "is open behind a failed or aborted dependency";
        if (job.Waiting > 0 && job.Status is JobStatus.Started or JobStatus.Finished) return "ran before all its dependencies had finished";
        if (job.Attempt < 0 || job.Attempt > job.MaxAttempts) return "has more attempts than it may have";
        if (job.Losses > lossLimit || (job.Losses == lossLimit && !job.IsEnded)) return "has more losses than it may have";
        return (job.Status == JobStatus.Started) == (job.Worker is not null) ? null : "is held, and is not started, or the other way round";
    }
}
