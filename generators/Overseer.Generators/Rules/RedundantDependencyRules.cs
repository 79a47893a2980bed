using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>OVS203 and OVS204: dependencies that change nothing. Only an analyzer asks, handler by handler: what is emitted is the same with and without them.</summary>
internal sealed class RedundantDependencyRules
{
    private readonly HandlerTable table;

    /// <summary>How many jobs are before each handler's at least; what is on a cycle or behind one has no level, and nothing is said of it.</summary>
    private readonly Dictionary<string, int> levels;

    public RedundantDependencyRules(HandlerTable table)
    {
        this.table = table;
        levels = FindLevels(table.References.Append(table.Own).SelectMany(assembly => assembly.Handlers));
    }

    public IEnumerable<RuleProblem> Check(string key)
    {
        if (table.Find(key) is not { } handler) return [];
        var known = handler.Handler.Dependencies.Where(dependency => dependency.IsHandler && table.Find(dependency.Handler.Key) is not null).ToList();
        var first = known.GroupBy(dependency => dependency.Handler.Key).Select(group => group.First()).ToList();
        return known.Except(first)
            .Select(dependency => Problem(RuleId.RepeatedDependency, handler, dependency, dependency.Handler.Display))
            .Concat(CheckImplied(handler, first));
    }

    private IEnumerable<RuleProblem> CheckImplied(BoundHandler handler, List<DependencyModel> dependencies)
    {
        // Which results are taken is clear only if every parameter is bound.
        if (dependencies.Count < 2 || !handler.IsComplete || !levels.ContainsKey(handler.Handler.Key)) yield break;
        var taken = new HashSet<string>(handler.Inputs.Select(input => input.Key));
        var candidates = dependencies.Where(dependency => !taken.Contains(dependency.Handler.Key)).ToList();
        if (candidates.Count == 0) yield break;
        var impliedBy = FindUpstream(dependencies, candidates.Min(candidate => levels[candidate.Handler.Key]));
        foreach (var dependency in candidates)
        {
            if (impliedBy.TryGetValue(dependency.Handler.Key, out var other))
                yield return Problem(RuleId.ImpliedDependency, handler, dependency, dependency.Handler.Display, other.Handler.Display);
        }
    }

    /// <summary>All that is upstream of some dependencies, down to a level, with the dependency that leads to it.</summary>
    private Dictionary<string, DependencyModel> FindUpstream(List<DependencyModel> dependencies, int level)
    {
        var found = new Dictionary<string, DependencyModel>();
        var open = new Queue<(string Key, DependencyModel From)>(dependencies.Select(dependency => (dependency.Handler.Key, dependency)));
        while (open.Count > 0)
        {
            var (key, from) = open.Dequeue();
            if (levels[key] <= level || table.Find(key) is not { } handler) continue;
            foreach (var dependency in handler.Handler.Dependencies)
            {
                if (!levels.ContainsKey(dependency.Handler.Key) || found.ContainsKey(dependency.Handler.Key)) continue;
                found.Add(dependency.Handler.Key, from);
                open.Enqueue((dependency.Handler.Key, from));
            }
        }

        return found;
    }

    private static RuleProblem Problem(string id, BoundHandler handler, DependencyModel dependency, params IEnumerable<string> names) => new(
        id,
        handler.Handler.Key,
        RuleTarget.Attribute(dependency.Attribute, dependency.Argument),
        names.Prepend(handler.Handler.FullName).ToEquatableArray());

    private static Dictionary<string, int> FindLevels(IEnumerable<HandlerModel> handlers)
    {
        var byKey = new Dictionary<string, HandlerModel>();
        foreach (var handler in handlers) byKey[handler.Key] = handler;
        var up = byKey.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Dependencies.Select(dependency => dependency.Handler.Key).Where(byKey.ContainsKey).Distinct().ToList());
        var down = up.SelectMany(pair => pair.Value, (pair, dependency) => (dependency, pair.Key)).ToLookup(pair => pair.dependency, pair => pair.Key);
        var open = up.ToDictionary(pair => pair.Key, pair => pair.Value.Count);
        var levels = new Dictionary<string, int>();
        var current = open.Where(pair => pair.Value == 0).Select(pair => pair.Key).ToList();
        for (var level = 0; current.Count > 0; level++)
        {
            foreach (var key in current) levels[key] = level;
            current = current.SelectMany(key => down[key]).Where(key => --open[key] == 0).ToList();
        }

        return levels;
    }
}
