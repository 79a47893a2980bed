namespace Overseer;

/// <summary>One run as the in-memory store keeps it. Touched only under the store's lock.</summary>
internal sealed class MemoryRun
{
    private readonly AdjacentJobs dependents;

    private readonly AdjacentJobs dependencies;

    private int finished;

    private int failed;

    private int aborted;

    private int abortedAloud;

    public MemoryRun(RunId id, JobGraph graph, DateTimeOffset now)
    {
        Id = id;
        Key = graph.Key;
        Graph = graph.Name;
        Version = graph.Version;
        Fingerprint = graph.Fingerprint;
        CreatedAt = now;
        dependents = new AdjacentJobs(graph, edge => edge.Dependency, edge => edge.Dependent);
        dependencies = new AdjacentJobs(graph, edge => edge.Dependent, edge => edge.Dependency);
        var jobs = new MemoryJob[graph.Jobs.Length];
        for (var number = 0; number < jobs.Length; number++)
        {
            jobs[number] = new MemoryJob(this, number, graph.Jobs[number])
            {
                Waiting = dependencies.Of(number).Length,
                RunAt = graph.Jobs[number].RunAt > now ? InMemoryJobStore.Whole(graph.Jobs[number].RunAt) : now,
            };
        }

        Jobs = jobs;
    }

    public RunId Id { get; }

    public string? Key { get; }

    public string Graph { get; }

    public string Version { get; }

    public ReadOnlyMemory<byte> Fingerprint { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public IReadOnlyList<MemoryJob> Jobs { get; }

    public ReadOnlySpan<int> DependentsOf(MemoryJob job) => dependents.Of(job.Number);

    public ReadOnlySpan<int> DependenciesOf(MemoryJob job) => dependencies.Of(job.Number);

    /// <summary>Counts a job that ended (1) or was reopened (-1) as what it now is.</summary>
    public void Count(MemoryJob job, int change, DateTimeOffset now)
    {
        switch (job.Status)
        {
            case JobStatus.Finished: finished += change; break;
            case JobStatus.Failed: failed += change; break;
            case JobStatus.Aborted: aborted += change; break;
            default: throw new InvalidOperationException($"Job {job.Id} has not ended.");
        }

        if (job.Reason is JobReason.Abort or JobReason.Cancelled) abortedAloud += change;
        FinishedAt = finished + failed + aborted == Jobs.Count ? now : null;
    }

    public Run Show() => new(Id, Key, Graph, Version, Status, Jobs.Count, finished, failed, aborted, CreatedAt, FinishedAt);

    private RunStatus Status =>
        FinishedAt is null ? RunStatus.Active
        : failed > 0 ? RunStatus.Failed
        : abortedAloud > 0 ? RunStatus.Aborted
        : RunStatus.Finished;

    /// <summary>For each job the numbers of its neighbours, ascending, in two arrays whatever the number of edges.</summary>
    private sealed class AdjacentJobs
    {
        private readonly int[] starts;

        private readonly int[] numbers;

        public AdjacentJobs(JobGraph graph, Func<JobEdge, int> from, Func<JobEdge, int> to)
        {
            starts = new int[graph.Jobs.Length + 1];
            numbers = new int[graph.Edges.Length];
            foreach (var edge in graph.Edges) starts[from(edge) + 1]++;
            for (var number = 1; number < starts.Length; number++) starts[number] += starts[number - 1];
            var next = starts.AsSpan(0, graph.Jobs.Length).ToArray();
            foreach (var edge in graph.Edges) numbers[next[from(edge)]++] = to(edge);
            for (var number = 0; number < graph.Jobs.Length; number++)
                numbers.AsSpan(starts[number]..starts[number + 1]).Sort();
        }

        public ReadOnlySpan<int> Of(int number) => numbers.AsSpan(starts[number]..starts[number + 1]);
    }
}
