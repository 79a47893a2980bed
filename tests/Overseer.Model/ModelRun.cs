namespace Overseer.Model;

/// <summary>One run.</summary>
public sealed record ModelRun(string? Key, string Graph, string Version, string Fingerprint, DateTimeOffset CreatedAt, ValueList<ModelJob> Jobs)
{
    /// <summary>A graph as it is when it was just inserted.</summary>
    public static ModelRun Of(JobGraph graph, DateTimeOffset now)
    {
        var jobs = graph.Jobs.Select((job, number) =>
        {
            ValueList<int> dependencies = [.. graph.Edges.Where(edge => edge.Dependent == number).Select(edge => edge.Dependency).Order()];
            return new ModelJob(job.Type, job.Args, job.MaxAttempts, dependencies, dependencies.Count, job.RunAt > now ? ModelState.Whole(job.RunAt) : now);
        });
        return new ModelRun(graph.Key, graph.Name, graph.Version, FingerprintOf(graph), now, [.. jobs]);
    }

    public static string FingerprintOf(JobGraph graph) => Convert.ToHexString(graph.Fingerprint.Span);

    public IEnumerable<int> DependentsOf(int number) => Enumerable.Range(0, Jobs.Count).Where(other => Jobs[other].Dependencies.Contains(number));

    public ModelRun With(int number, ModelJob job) => this with { Jobs = Jobs.With(number, job) };

    public Run Show(RunId id)
    {
        var ended = Jobs.All(job => job.IsEnded);
        var status = !ended ? RunStatus.Active
            : Jobs.Any(job => job.Status == JobStatus.Failed) ? RunStatus.Failed
            : Jobs.Any(job => job.Status == JobStatus.Aborted && job.Reason is JobReason.Abort or JobReason.Cancelled) ? RunStatus.Aborted
            : RunStatus.Finished;
        return new Run(
            id, Key, Graph, Version, status, Jobs.Count, Count(JobStatus.Finished), Count(JobStatus.Failed), Count(JobStatus.Aborted), CreatedAt,
            ended ? Jobs.Max(job => job.FinishedAt) : null);
    }

    private int Count(JobStatus status) => Jobs.Count(job => job.Status == status);
}
