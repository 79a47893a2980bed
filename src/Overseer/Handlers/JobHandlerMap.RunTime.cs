namespace Overseer;

public sealed partial class JobHandlerMap
{
    /// <summary>The same map with a handler given at run time, which replaces one of the same type together with its former names.</summary>
    /// <param name="type">The job type: <c>[a-z0-9][a-z0-9._-]*</c>, at most 200 characters.</param>
    /// <param name="process">Does the work.</param>
    /// <exception cref="ArgumentException">The job type is not well formed, or is a former name of another.</exception>
    public JobHandlerMap With(string type, Func<JobContext, CancellationToken, Task> process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return With<Unit, Unit>(type, async (job, _, cancellationToken) =>
        {
            await process(job, cancellationToken);
            return Unit.Value;
        });
    }

    /// <summary>The same map with a handler given at run time that takes args and gives a result.</summary>
    /// <param name="type">The job type: <c>[a-z0-9][a-z0-9._-]*</c>, at most 200 characters.</param>
    /// <param name="process">Does the work.</param>
    /// <param name="dependencies">The dependencies whose results it takes with <see cref="JobContext.ResultOf{TResult}(string)"/>; of those that are in this map the former names are known.</param>
    /// <exception cref="ArgumentException">The job type is not well formed, or is a former name of another.</exception>
    public JobHandlerMap With<TArgs, TResult>(
        string type, Func<JobContext, TArgs, CancellationToken, Task<TResult>> process, params IReadOnlyList<BoundDependency> dependencies)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(process);
        if (JobNames.FindTypeProblem(type) is { } problem) throw new ArgumentException(problem, nameof(type));
        if (FindPresentName(type) is { } name) throw new ArgumentException($"Job type '{type}' is a former name of '{name}'. Give a handler for '{name}', or choose another name.", nameof(type));
        var handler = new DelegateJobHandler<TArgs, TResult>(type, process) { Dependencies = [.. dependencies.Select(WithFormerNames)] };
        return new JobHandlerMap(handlers.Values.Where(other => other.Type != type).Append(handler));
    }

    /// <summary>The same map with one more harness around one stage of one job type, outside those it has.</summary>
    /// <param name="type">A job type of this map, by its present name.</param>
    /// <param name="stage">The stage to wrap, whether or not the handler has it.</param>
    /// <param name="wrap">The harness; called once per attempt, concurrently for several.</param>
    /// <exception cref="ArgumentException">The map has no handler of that type.</exception>
    public JobHandlerMap Harness(string type, JobStage stage, StageWrap wrap)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(wrap);
        if (!handlers.TryGetValue(type, out var handler))
        {
            throw new ArgumentException(
                FindPresentName(type) is { } name
                    ? $"Job type '{type}' is a former name of '{name}'. Wrap that: its jobs of either name run inside."
                    : $"Job type '{type}' has no handler to wrap; known are {string.Join(", ", Types.Select(known => $"'{known}'"))}.",
                nameof(type));
        }

        return new JobHandlerMap(handlers.Values.Where(other => other.Type != type).Append(handler.With(stage, _ => wrap)));
    }

    /// <summary>What a job type is called now; null if it is no former name.</summary>
    internal string? FindPresentName(string type) => handlers.ContainsKey(type) ? null : handlersByFormerName.GetValueOrDefault(type)?.Type;

    private BoundDependency WithFormerNames(BoundDependency bound) =>
        bound.FormerNames.Count == 0 && handlers.TryGetValue(bound.Type, out var handler) ? bound with { FormerNames = handler.FormerNames } : bound;
}
