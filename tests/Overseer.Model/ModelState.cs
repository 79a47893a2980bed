using Overseer.Stores;

namespace Overseer.Model;

/// <summary>All that a store knows at one moment. Immutable, and equal to another that knows the same.</summary>
public sealed record ModelState(DateTimeOffset Now)
{
    public ValueList<ModelRun> Runs { get; init; } = [];

    public ValueList<ModelWorker> Workers { get; init; } = [];

    /// <summary>Whole milliseconds, as every store keeps times.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    public ModelRun? Run(RunId run) => run.Number >= 1 && run.Number <= Runs.Count ? Runs[(int)run.Number - 1] : null;

    public ModelJob? Job(RunId run, int number) => Run(run) is { } found && number >= 0 && number < found.Jobs.Count ? found.Jobs[number] : null;

    public ModelWorker? Worker(WorkerId id) => Workers.FirstOrDefault(worker => worker.Id == id);

    public bool IsAlive(WorkerId id) => Worker(id) is not null;

    public ModelState With(RunId run, ModelRun changed) => this with { Runs = Runs.With((int)run.Number - 1, changed) };

    public ModelState With(RunId run, int number, ModelJob changed) => With(run, Run(run)!.With(number, changed));

    public ModelState Without(WorkerId id) => this with { Workers = [.. Workers.Where(worker => worker.Id != id)] };

    /// <summary>Every job with its place, in the order of runs and numbers.</summary>
    public IEnumerable<(RunId Run, int Number, ModelJob Job)> Jobs =>
        Runs.SelectMany((run, index) => run.Jobs.Select((job, number) => (new RunId(index + 1), number, job)));

    /// <summary>A job as it is seen from outside.</summary>
    public Job Show(RunId runId, int number)
    {
        var run = Run(runId)!;
        var job = run.Jobs[number];
        var worker = job.Worker is { } id ? Worker(id) : null;
        return new Job(job.Type)
        {
            Id = JobId.For(runId, number),
            Args = job.Args,
            Run = runId,
            Number = number,
            Status = job.Status,
            Reason = job.Reason,
            Attempt = job.Attempt,
            MaxAttempts = job.MaxAttempts,
            Losses = job.Losses,
            WaitingOn = job.Waiting,
            Result = job.Result,
            Failure = job.Failure ?? Explain(runId, run, job),
            Worker = string.IsNullOrEmpty(worker?.Label) ? job.Worker?.ToString() : worker.Label,
            Heartbeat = worker?.BeatAt,
            CreatedAt = run.CreatedAt,
            RunAt = job.RunAt,
            StartedAt = job.StartedAt,
            FinishedAt = job.FinishedAt,
        };
    }

    private static JobFailure? Explain(RunId id, ModelRun run, ModelJob job) =>
        job.Cause is not { } number ? null
        : JobFailures.DependencyEnded(run.Jobs[number].Type, JobId.For(id, number), run.Jobs[number].Status, run.Jobs[number].Reason);
}
