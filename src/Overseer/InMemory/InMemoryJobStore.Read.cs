using Overseer.Stores;

namespace Overseer;

public sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task<Run?> GetRunAsync(RunId run, CancellationToken cancellationToken = default)
    {
        lock (gate) return Task.FromResult(runs.GetValueOrDefault(run)?.Show());
    }

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(string key, CancellationToken cancellationToken = default)
    {
        lock (gate) return Task.FromResult(runsByKey.GetValueOrDefault(key)?.Show());
    }

    /// <inheritdoc/>
    public Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default)
    {
        lock (gate) return Task.FromResult(FindJob(job) is { } found ? Show(found) : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> ListJobsAsync(
        RunId run, string? type = null, int from = 0, int limit = 1000, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (!runs.TryGetValue(run, out var found)) return Task.FromResult<IReadOnlyList<Job>>([]);
            IReadOnlyList<Job> jobs = [.. found.Jobs.Skip(from).Where(job => type is null || job.Type == type).Take(limit).Select(Show)];
            return Task.FromResult(jobs);
        }
    }

    private MemoryJob? FindJob(JobId id) =>
        !id.IsAssigned ? null : JobId.TryParse(id.Value, out var run, out var number) ? FindJob(run, number) : jobsByName.GetValueOrDefault(id.Value);

    private MemoryJob? FindJob(RunId run, int number) =>
        runs.TryGetValue(run, out var found) && number >= 0 && number < found.Jobs.Count ? found.Jobs[number] : null;

    private Job Show(MemoryJob job)
    {
        var worker = job.Worker is { } id ? workers.GetValueOrDefault(id) : null;
        return new Job(job.Type)
        {
            Id = job.Id,
            Args = job.Args,
            Run = job.Run.Id,
            Number = job.Number,
            Status = job.Status,
            Reason = job.Reason,
            Attempt = job.Attempt,
            MaxAttempts = job.MaxAttempts,
            Losses = job.Losses,
            WaitingOn = job.Waiting,
            Result = job.Result,
            Failure = job.Failure ?? ExplainClosure(job),
            Worker = string.IsNullOrEmpty(worker?.Label) ? job.Worker?.ToString() : worker.Label,
            Heartbeat = worker?.BeatAt,
            CreatedAt = job.Run.CreatedAt,
            RunAt = job.RunAt,
            StartedAt = job.StartedAt,
            FinishedAt = job.FinishedAt,
        };
    }

    private static JobFailure? ExplainClosure(MemoryJob job)
    {
        if (job.Cause is not { } number) return null;
        var cause = job.Run.Jobs[number];
        return JobFailures.DependencyEnded(cause.Type, cause.Id, cause.Status, cause.Reason);
    }
}
