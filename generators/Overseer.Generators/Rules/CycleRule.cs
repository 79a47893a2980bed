using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>OVS202: dependency cycles. Each is told once, from its ordinally first job type, by its shortest path.</summary>
internal static class CycleRule
{
    /// <param name="handlers">The handlers of one assembly: references between assemblies have no cycles, so no cycle crosses them.</param>
    public static IEnumerable<RuleProblem> Check(IReadOnlyList<HandlerModel> handlers)
    {
        var byKey = handlers.ToDictionary(handler => handler.Key);
        var onCycle = FindCandidates(byKey);
        var told = new HashSet<string>();
        foreach (var handler in handlers.Where(handler => onCycle.Contains(handler.Key)).OrderBy(Name, StringComparer.Ordinal).ThenBy(handler => handler.Key, StringComparer.Ordinal))
        {
            if (told.Contains(handler.Key) || FindPath(handler, byKey, onCycle) is not { } path) continue;
            told.UnionWith(path.Select(step => step.Key));
            var start = path.Select((step, index) => (step, index))
                .OrderBy(pair => Name(pair.step), StringComparer.Ordinal).ThenBy(pair => pair.step.Key, StringComparer.Ordinal)
                .First().index;
            var cycle = path.Skip(start).Concat(path.Take(start)).ToList();
            var next = cycle[1 % cycle.Count].Key;
            var dependency = cycle[0].Dependencies.First(candidate => candidate.Handler.Key == next);
            yield return new(
                RuleId.Cycle,
                cycle[0].Key,
                RuleTarget.Attribute(dependency.Attribute, dependency.Argument),
                [string.Join(" → ", cycle.Append(cycle[0]).Select(Name))]);
        }
    }

    private static string Name(HandlerModel handler) => handler.JobType ?? handler.ClassName;

    /// <summary>What remains after everything without a dependency left, and then without a dependent left, is taken away again and again.</summary>
    private static HashSet<string> FindCandidates(Dictionary<string, HandlerModel> byKey)
    {
        var up = byKey.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Dependencies.Select(dependency => dependency.Handler.Key).Where(byKey.ContainsKey).Distinct().ToList());
        var down = byKey.Keys.ToDictionary(key => key, _ => new List<string>());
        foreach (var pair in up)
        {
            foreach (var dependency in pair.Value) down[dependency].Add(pair.Key);
        }

        var left = new HashSet<string>(byKey.Keys);
        Peel(left, up, down);
        Peel(left, down, up);
        return left;
    }

    private static void Peel(HashSet<string> left, Dictionary<string, List<string>> before, Dictionary<string, List<string>> after)
    {
        var open = left.ToDictionary(key => key, key => before[key].Count(left.Contains));
        var free = new Queue<string>(open.Where(pair => pair.Value == 0).Select(pair => pair.Key));
        while (free.Count > 0)
        {
            var key = free.Dequeue();
            left.Remove(key);
            foreach (var next in after[key])
            {
                if (left.Contains(next) && --open[next] == 0) free.Enqueue(next);
            }
        }
    }

    /// <summary>The shortest way from a handler along its dependencies back to itself, by breadth-first search.</summary>
    private static List<HandlerModel>? FindPath(HandlerModel start, Dictionary<string, HandlerModel> byKey, HashSet<string> onCycle)
    {
        var cameFrom = new Dictionary<string, string>();
        var open = new Queue<HandlerModel>([start]);
        while (open.Count > 0)
        {
            var current = open.Dequeue();
            foreach (var key in current.Dependencies.Select(dependency => dependency.Handler.Key).Where(onCycle.Contains).OrderBy(key => key, StringComparer.Ordinal))
            {
                if (key == start.Key) return Trace(start, current, cameFrom, byKey);
                if (cameFrom.ContainsKey(key)) continue;
                cameFrom[key] = current.Key;
                open.Enqueue(byKey[key]);
            }
        }

        return null;
    }

    private static List<HandlerModel> Trace(HandlerModel start, HandlerModel last, Dictionary<string, string> cameFrom, Dictionary<string, HandlerModel> byKey)
    {
        var path = new List<HandlerModel> { last };
        while (path[path.Count - 1].Key != start.Key) path.Add(byKey[cameFrom[path[path.Count - 1].Key]]);
        path.Reverse();
        return path;
    }
}
