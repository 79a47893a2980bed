using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>Which graphs there are and what they are called: those that <c>[JobGraph]</c> names, and one per handler that nobody depends on; none of retired handlers. OVS205.</summary>
internal sealed class GraphNames
{
    private const int MaxLength = 200;

    private readonly List<RuleProblem> problems = [];

    public GraphNames(HandlerTable table)
    {
        var usedBy = new Dictionary<string, (string Assembly, bool IsChosen)>(StringComparer.Ordinal);
        foreach (var assembly in table.References)
        {
            foreach (var (name, targets) in Find(assembly, []))
            {
                if (!IsVisible(GraphClosure.Of(targets, table))) continue;
                var isChosen = targets.Any(target => target.Graphs.Count > 0);
                if (!usedBy.TryGetValue(name, out var other)) usedBy.Add(name, (assembly.Name, isChosen));
                // Nobody chose the name of a graph that is named after its class.
                else if (isChosen || other.IsChosen) problems.Add(new(RuleId.GraphName, HandlerTable.OfReferences, RuleTarget.Class, [name, $"assemblies {other.Assembly} and {assembly.Name} both have a graph of that name"]));
            }
        }

        foreach (var handler in table.Own.Handlers.Where(handler => !handler.IsRetired))
        {
            foreach (var graph in handler.Graphs)
            {
                var flaw = !IsGraphName(graph.Name) ? $"it is no C# identifier of at most {MaxLength} characters"
                    : usedBy.TryGetValue(graph.Name, out var other) ? $"assembly {other.Assembly} has a graph of that name"
                    : null;
                if (flaw is not null) problems.Add(new(RuleId.GraphName, handler.Key, RuleTarget.Attribute(graph.Attribute), [graph.Name, flaw]));
            }
        }

        Own = Find(table.Own, usedBy.Keys).OrderBy(graph => graph.Name, StringComparer.Ordinal).ToList();
    }

    /// <summary>The graphs of the compiled assembly, in the ordinal order of their names.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<HandlerModel> Targets)> Own { get; }

    public IReadOnlyList<RuleProblem> Problems => problems;

    public static bool IsGraphName(string name) =>
        name.Length is > 0 and <= MaxLength && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    private static IEnumerable<(string Name, IReadOnlyList<HandlerModel> Targets)> Find(AssemblyModel assembly, ICollection<string> taken)
    {
        var handlers = assembly.Handlers.Where(handler => !handler.IsRetired).ToList();
        var named = handlers
            .SelectMany(handler => handler.Graphs.Where(graph => IsGraphName(graph.Name)).Select(graph => (graph.Name, handler)))
            .GroupBy(pair => pair.Name, pair => pair.handler, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<HandlerModel>)group.Distinct().ToList()))
            .ToList();
        var dependedOn = new HashSet<string>(handlers
            .SelectMany(handler => handler.Dependencies, (handler, dependency) => (handler, dependency.Handler.Key))
            .Where(pair => pair.Key != pair.handler.Key)
            .Select(pair => pair.Key));
        var sinks = handlers
            .Where(handler => handler.Graphs.Count == 0 && !dependedOn.Contains(handler.Key) && !DependsOnItself(handler))
            .Where(handler => (handler.Flaws & (ClassFlaws.Generic | ClassFlaws.Static | ClassFlaws.Abstract)) == 0)
            .ToList();
        var names = ShortNames.Choose(
            sinks.Select(handler => (handler.ClassName, (IReadOnlyList<string>)handler.Type.Scope.ToList())).ToList(),
            new HashSet<string>(taken.Concat(named.Select(graph => graph.Key)), StringComparer.Ordinal),
            (scope, name) => scope + "_" + name);
        return named.Concat(sinks.Select((sink, index) => (names[index], (IReadOnlyList<HandlerModel>)[sink])));
    }

    private static bool DependsOnItself(HandlerModel handler) => handler.Dependencies.Any(dependency => dependency.Handler.Key == handler.Key);

    private static bool IsVisible(IEnumerable<BoundHandler> jobs) => jobs.All(job => job.CanBeAdded);
}
