using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Overseer;

/// <summary>The handlers that a client checks graphs against and a worker runs. Immutable, so safe to share.</summary>
public sealed partial class JobHandlerMap
{
    private readonly FrozenDictionary<string, JobHandler> handlers;
    private readonly FrozenDictionary<string, JobHandler> handlersByFormerName;

    /// <summary>A map of these handlers.</summary>
    /// <exception cref="InvalidOperationException">Two of them claim one job type, as their name or a former one.</exception>
    public JobHandlerMap(params IEnumerable<JobHandler> handlers)
    {
        var byType = new Dictionary<string, JobHandler>(StringComparer.Ordinal);
        foreach (var handler in handlers)
        {
            ArgumentNullException.ThrowIfNull(handler, nameof(handlers));
            if (byType.TryAdd(handler.Type, handler) || ReferenceEquals(byType[handler.Type], handler)) continue;
            var other = byType[handler.Type];
            throw new InvalidOperationException(
                other.Name == handler.Name
                    ? $"Job type '{handler.Type}' has {handler.Name} twice, and they are not the same: one may have another harness. Combine the maps first, and add to the result."
                    : $"Job type '{handler.Type}' is claimed by {other.Name} and by {handler.Name}. Give one of them another name.");
        }

        this.handlers = byType.ToFrozenDictionary(StringComparer.Ordinal);
        handlersByFormerName = FindFormerNames(byType).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The handlers, in the ordinal order of their job types.</summary>
    public IEnumerable<JobHandler> Handlers => handlers.Values.OrderBy(handler => handler.Type, StringComparer.Ordinal);

    /// <summary>The job types by their present names, in ordinal order.</summary>
    public IEnumerable<string> Types => handlers.Keys.Order(StringComparer.Ordinal);

    /// <summary>One map of several; a handler that is in two of them is taken once.</summary>
    /// <exception cref="InvalidOperationException">Two different handlers claim one job type.</exception>
    public static JobHandlerMap Combine(params IEnumerable<JobHandlerMap> maps) => new(maps.SelectMany(map => map.handlers.Values));

    /// <summary>The handler of a job type, by its present name or a former one, if there is one.</summary>
    public bool TryGet(string type, [NotNullWhen(true)] out JobHandler? handler) =>
        handlers.TryGetValue(type, out handler) || handlersByFormerName.TryGetValue(type, out handler);

    /// <summary>Checks that a graph can run with these handlers.</summary>
    /// <exception cref="JobGraphException">It cannot; all its problems are listed.</exception>
    public void Validate(JobGraph graph) => Validate(graph, GraphCheck.DefaultMaxPayloadBytes);

    internal void Validate(JobGraph graph, int maxPayloadBytes)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var problems = GraphCheck.FindProblems(graph, this, maxPayloadBytes);
        if (problems.Count > 0) throw new JobGraphException(graph.Name, problems);
    }

    private static Dictionary<string, JobHandler> FindFormerNames(Dictionary<string, JobHandler> byType)
    {
        var found = new Dictionary<string, JobHandler>(StringComparer.Ordinal);
        foreach (var handler in byType.Values)
        {
            foreach (var name in handler.FormerNames)
            {
                var other = byType.GetValueOrDefault(name) ?? found.GetValueOrDefault(name) ?? handler;
                if (other != handler)
                {
                    throw new InvalidOperationException(
                        $"Job type '{name}' is claimed by {other.Name} and, as a former name, by {handler.Name}. One handler only may have it: take it from one of them.");
                }

                found[name] = handler;
            }
        }

        return found;
    }
}
