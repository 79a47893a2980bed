using Npgsql;

namespace Overseer.Postgres;

/// <summary>What decides whether a job can run, beside the job itself.</summary>
/// <param name="Now">The database's time.</param>
/// <param name="Alive">How many workers are alive.</param>
/// <param name="Able">How many of them have a handler for its type, or do not tell.</param>
/// <param name="LeasedUntil">Until when its worker is not taken for dead.</param>
/// <param name="Before">How many ready jobs of its type come before it, 1,000 at most.</param>
/// <param name="IsReleasedLater">A dependency that finished is still releasing its dependents.</param>
internal sealed record JobFacts(DateTimeOffset Now, int Alive, int Able, DateTimeOffset? LeasedUntil, int Before, bool IsReleasedLater)
{
    private const int Named = 3;

    public static JobFacts Read(NpgsqlDataReader row) => new(row.Time(0), row.GetInt32(1), row.GetInt32(2), row.TimeOrNull(3), row.GetInt32(4), row.GetBoolean(5));

    public JobExplanation Explain(Job job, IReadOnlyList<Job> waitingFor)
    {
        var (condition, message) = job.Status switch
        {
            JobStatus.Finished => (JobCondition.Finished, $"It finished at {job.FinishedAt:u}."),
            JobStatus.Failed => (JobCondition.Failed, Ended("failed", job)),
            JobStatus.Aborted => (JobCondition.Aborted, Ended("was aborted", job)),
            JobStatus.Started when LeasedUntil < Now => (
                JobCondition.Lost, $"Worker {job.Worker} has it, and was last heard of at {job.Heartbeat:u}. The next sweep of another worker takes it back; there has to be one."),
            JobStatus.Started => (JobCondition.Started, $"Worker {job.Worker} has it since {job.StartedAt:u} (attempt {job.Attempt} of {job.MaxAttempts}), and its lease runs until {LeasedUntil:u}."),
            _ when job.WaitingOn > 0 && waitingFor.Count > 0 => (JobCondition.WaitingForDependencies, WaitsFor(job, waitingFor)),
            _ when job.WaitingOn > 0 => (
                JobCondition.WaitingForRelease,
                IsReleasedLater || Alive > 0
                    ? "All of its dependencies have finished; they have many dependents, which workers release page by page, and it is not yet its turn."
                    : "All of its dependencies have finished; they have many dependents, which workers release page by page, and no worker is alive. Start one."),
            _ when job.RunAt > Now => (JobCondition.NotDue, $"It is not due before {job.RunAt:u}."),
            _ when Alive == 0 => (JobCondition.NoWorker, "It is ready, and no worker is alive. Start one."),
            _ when Able == 0 => (
                JobCondition.NoWorkerOfType,
                $"It is ready, and no worker that is alive has a handler for type '{job.Type}' ({Count(Alive, "worker")} alive). Start one that has, or give the handler's [JobType] the name in Formerly if the type was renamed."),
            _ when job.Losses > 0 => (
                JobCondition.Ready, $"It is ready, and waits for a free slot: {Count(job.Losses, "worker")} died while holding it, so each worker takes but one such job at a time."),
            _ => (JobCondition.Ready, $"It is ready, and waits for a free slot: {(Before >= 1000 ? "1,000 or more jobs" : Count(Before, "job"))} of its type come before it, and {Count(Able, "worker")} can run it."),
        };
        return new JobExplanation(job, condition, message)
        {
            WaitingFor = waitingFor,
            Until = condition switch
            {
                JobCondition.NotDue => job.RunAt,
                JobCondition.Started or JobCondition.Lost => LeasedUntil,
                _ => null,
            },
            Before = condition == JobCondition.Ready && job.Losses == 0 ? Before : 0,
            Workers = Able,
        };
    }

    private static string Ended(string how, Job job) => $"It {how} at {job.FinishedAt:u} ({job.Reason?.ToWord()}){(job.Failure is { Message: var message } ? $": {message.TrimEnd('.')}" : "")}.";

    private static string WaitsFor(Job job, IReadOnlyList<Job> dependencies)
    {
        var named = string.Join(", ", dependencies.Take(Named).Select(dependency => $"{dependency.Type} ({dependency.Id}) is {dependency.Status.ToWord()}"));
        var more = Math.Max(job.WaitingOn, dependencies.Count) - Math.Min(Named, dependencies.Count);
        return $"It waits for {Count(job.WaitingOn, "dependency", "dependencies")}: {named}{(more > 0 ? $", and {more} more" : "")}.";
    }

    private static string Count(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";
}
