using System.Collections.Immutable;

namespace Overseer;

/// <summary>Builds a graph job by job. Not thread-safe.</summary>
/// <example>
/// <code>
/// var graph = new JobGraphBuilder("DailyReport");
/// var extract = graph.Add(JobTypes.Extract, new ReportArgs(7, day));
/// var clean = graph.Add(JobTypes.Clean, new ReportArgs(7, day), extract);
/// var run = await overseer.TransactAsync(graph.Build(key: "daily"));
/// </code>
/// </example>
/// <param name="name">The name of the graph: a C# identifier.</param>
public sealed class JobGraphBuilder(string name)
{
    private readonly List<Job> jobs = [];
    private readonly Dictionary<Job, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<JobEdge> edges = [];
    private readonly HashSet<JobEdge> known = [];
    private readonly Dictionary<object, (Type Type, PayloadJson By, string? Text)> serialized = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds a job.</summary>
    /// <param name="job">The job; the same object is added once.</param>
    /// <param name="dependsOn">Jobs of this builder that must finish first.</param>
    /// <returns>The job, to be named as a dependency of others.</returns>
    public Job Add(Job job, params ReadOnlySpan<Job> dependsOn)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (numbers.TryAdd(job, jobs.Count)) jobs.Add(job);
        foreach (var dependency in dependsOn) DependsOn(job, dependency);
        return job;
    }

    /// <summary>Adds a job with args. Args used several times are serialised once.</summary>
    /// <param name="type">The token of the job's type.</param>
    /// <param name="args">The job's args.</param>
    /// <param name="dependsOn">Jobs of this builder that must finish first.</param>
    /// <exception cref="ArgumentException">The args cannot be stored exactly as JSON.</exception>
    public Job Add<TArgs>(JobType<TArgs> type, TArgs args, params ReadOnlySpan<Job> dependsOn) =>
        Add(new Job(type.Name) { Args = TextOf(type, args), ArgsType = typeof(TArgs) }, dependsOn);

    /// <summary>Adds a job that takes no args.</summary>
    /// <param name="type">The token of the job's type.</param>
    /// <param name="dependsOn">Jobs of this builder that must finish first.</param>
    public Job Add(JobType<Unit> type, params ReadOnlySpan<Job> dependsOn) => Add(new Job(type.Name), dependsOn);

    /// <summary>Adds a dependency between two jobs of this builder; one that is there already changes nothing.</summary>
    /// <param name="dependent">The job that waits.</param>
    /// <param name="dependency">The job that must finish first.</param>
    /// <exception cref="ArgumentException">One of them was not added to this builder.</exception>
    public void DependsOn(Job dependent, Job dependency)
    {
        var edge = new JobEdge(NumberOf(dependency, nameof(dependency)), NumberOf(dependent, nameof(dependent)));
        if (known.Add(edge)) edges.Add(edge);
    }

    /// <summary>The graph as it is now.</summary>
    /// <param name="key">The run key, if any: at most 200 characters.</param>
    /// <param name="options">How the run is inserted.</param>
    public JobGraph Build(string? key = null, RunOptions? options = null) =>
        new(name, [.. jobs], edges.ToImmutableArray(), key, options);

    private int NumberOf(Job job, string parameter) =>
        numbers.TryGetValue(job ?? throw new ArgumentNullException(parameter), out var number)
            ? number
            : throw new ArgumentException($"Job '{job}' is not part of graph '{name}'. Add it to this builder first.", parameter);

    private string? TextOf<TArgs>(JobType<TArgs> type, TArgs args)
    {
        if (args is null || typeof(TArgs).IsValueType) return type.Json.SerializeArgs(type.Name, args);
        if (serialized.TryGetValue(args, out var entry) && entry.Type == typeof(TArgs) && entry.By == type.Json) return entry.Text;
        var text = type.Json.SerializeArgs(type.Name, args);
        serialized[args] = (typeof(TArgs), type.Json, text);
        return text;
    }
}
