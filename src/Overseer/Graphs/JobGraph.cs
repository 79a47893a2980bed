using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Overseer;

/// <summary>A definition of a run: jobs and the dependencies between them. Immutable, so safe to share.</summary>
/// <remarks>
/// Made by generated code (<c>JobGraphs.Create{Name}</c>), by <see cref="Of(Job[])"/>, by <c>FromTypes</c> or by a
/// <see cref="JobGraphBuilder"/>. It may be unsound until <see cref="JobHandlerMap.Validate(JobGraph)"/> or an insert has checked it.
/// </remarks>
public sealed partial class JobGraph
{
    internal JobGraph(string name, ImmutableArray<Job> jobs, ImmutableArray<JobEdge> edges, string? key, RunOptions? options)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (var number = 0; number < jobs.Length; number++)
        {
            if (jobs[number] is null) throw new ArgumentException($"Job {number} of graph '{name}' is null. Leave it out, or give a job.", nameof(jobs));
        }

        Name = name;
        Jobs = jobs;
        Edges = edges;
        Key = key;
        Options = options ?? new RunOptions();
    }

    // Of two threads that ask first, both compute the same.
    private string? version;
    private byte[]? fingerprint;

    /// <summary>The name of the graph: a C# identifier.</summary>
    public string Name { get; }

    /// <summary>The jobs; a job's place is its number in the run.</summary>
    public ImmutableArray<Job> Jobs { get; }

    /// <summary>The dependencies, each once.</summary>
    public ImmutableArray<JobEdge> Edges { get; }

    /// <summary>The run key (idempotency key), if there is one.</summary>
    public string? Key { get; }

    /// <summary>How the run is inserted.</summary>
    public RunOptions Options { get; }

    /// <summary>The hash of the graph's shape (its types and edges): twelve hexadecimal digits of SHA-256.</summary>
    public string Version => version ??= GraphShape.VersionOf(this);

    /// <summary>The hash of shape, ids and args; two graphs with the same fingerprint are the same run under one key.</summary>
    public ReadOnlyMemory<byte> Fingerprint => fingerprint ??= GraphShape.FingerprintOf(this);

    /// <summary>A graph of jobs that do not depend on each other.</summary>
    /// <param name="jobs">At least one job. One object in several places is that many jobs.</param>
    public static JobGraph Of(params Job[] jobs) => Of((IEnumerable<Job>)jobs);

    /// <inheritdoc cref="Of(Job[])"/>
    /// <param name="jobs">At least one job. One object in several places is that many jobs.</param>
    /// <param name="key">The run key, if any.</param>
    /// <param name="options">How the run is inserted.</param>
    /// <param name="name">The name of the graph. Default: <c>Simple</c>.</param>
    public static JobGraph Of(IEnumerable<Job> jobs, string? key = null, RunOptions? options = null, string name = "Simple") =>
        new(name, Separate(jobs), [], key, options);

    /// <summary>A graph with one job per type, none of which has args.</summary>
    /// <param name="dependencies">For each job type the types it depends on; a type that is only depended on is a job too.</param>
    /// <param name="key">The run key, if any. One text after the dependencies is this; where it is the args, name them: <c>args: "text"</c>.</param>
    /// <param name="options">How the run is inserted.</param>
    /// <param name="name">The name of the graph. Default: <c>Types</c>.</param>
    // Both overloads take a text. As a key it is refused where args were meant; as args, handlers that take none would hide that there is no key.
    [OverloadResolutionPriority(1)]
    public static JobGraph FromTypes(
        IReadOnlyDictionary<string, string[]> dependencies, string? key = null, RunOptions? options = null, string name = "Types") =>
        TypeGraph.Build(dependencies, type => new Job(type), key, options, name);

    /// <summary>A graph with one job per type, all of which have the same args.</summary>
    /// <inheritdoc cref="FromTypes(IReadOnlyDictionary{string, string[]}, string?, RunOptions?, string)"/>
    /// <param name="dependencies">For each job type the types it depends on; a type that is only depended on is a job too.</param>
    /// <param name="args">The args of every job; a handler that takes none ignores them.</param>
    /// <param name="key">The run key, if any.</param>
    /// <param name="options">How the run is inserted.</param>
    /// <param name="name">The name of the graph. Default: <c>Types</c>.</param>
    /// <exception cref="ArgumentException">The args cannot be stored exactly as JSON.</exception>
    public static JobGraph FromTypes<TArgs>(
        IReadOnlyDictionary<string, string[]> dependencies, TArgs args, string? key = null, RunOptions? options = null, string name = "Types")
    {
        var json = PayloadJson.Default.SerializeArgs(name, args);
        return TypeGraph.Build(dependencies, type => new Job(type) { Args = json, ArgsType = typeof(TArgs) }, key, options, name);
    }

    // Jobs are told apart by the object, in QuikGraph's algorithms too.
    private static ImmutableArray<Job> Separate(IEnumerable<Job> jobs)
    {
        var seen = new HashSet<Job>(ReferenceEqualityComparer.Instance);
        return [.. jobs.Select(job => job is null || seen.Add(job) ? job! : job.Copy())];
    }
}
