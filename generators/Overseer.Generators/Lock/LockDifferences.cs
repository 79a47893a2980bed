namespace Overseer.Generators.Lock;

/// <summary>How the code differs from a lock file that it is compatible with, for people to read: OVS603.</summary>
internal static class LockDifferences
{
    private const int MostShown = 3;

    /// <summary>The first few, as a clause; null if there are none.</summary>
    public static string? Find(LockModel stored, LockModel now)
    {
        if (stored.Jobs.Count == 0 && stored.Graphs.Count == 0 && now.Jobs.Count > 0) return "it locks nothing yet";
        var (was, isNow) = (Flatten(stored), Flatten(now));
        var all = isNow.Where(entry => !was.ContainsKey(entry.Key)).Select(entry => (entry.Key, Text: $"{entry.Key} is new"))
            .Concat(was.Where(entry => !isNow.ContainsKey(entry.Key)).Select(entry => (entry.Key, Text: $"{entry.Key} is gone")))
            .Concat(isNow.Where(entry => was.TryGetValue(entry.Key, out var before) && before != entry.Value).Select(entry => (entry.Key, Text: $"{entry.Key} is {entry.Value} now")))
            .OrderBy(difference => difference.Key, StringComparer.Ordinal)
            .Select(difference => difference.Text)
            .ToList();
        if (all.Count == 0) return null;
        var shown = string.Join(", ", all.Take(MostShown));
        return all.Count > MostShown ? $"{shown}, and {all.Count - MostShown} more" : shown;
    }

    private static SortedDictionary<string, string> Flatten(LockModel model)
    {
        var lines = LockModel.New<string>();
        foreach (var graph in model.Graphs)
        {
            lines[$"graph '{graph.Key}'"] = "";
            foreach (var job in graph.Value.Dependencies)
            {
                lines[$"job '{job.Key}' of graph '{graph.Key}'"] = "";
                foreach (var dependency in job.Value) lines[$"dependency '{dependency}' → '{job.Key}' of graph '{graph.Key}'"] = "";
            }
        }

        foreach (var job in model.Jobs)
        {
            lines[$"job type '{job.Key}'"] = job.Value.IsRetired ? "retired" : "not retired";
            foreach (var name in job.Value.FormerNames) lines[$"former name '{name}' of job type '{job.Key}'"] = "";
            foreach (var input in job.Value.Inputs) lines[$"taking the result of '{input}' in '{job.Key}'"] = "";
            if (job.Value.Args is { } args) lines[$"the args type of '{job.Key}'"] = args.ToString();
            if (job.Value.Result is { } result) lines[$"the result type of '{job.Key}'"] = result.ToString();
        }

        foreach (var type in model.Types) Flatten(type.Key, type.Value, lines);
        return lines;
    }

    private static void Flatten(string name, LockedType type, SortedDictionary<string, string> lines)
    {
        var shown = ShapeComparison.Short(name);
        if (type is LockedEnum numbers)
        {
            lines[$"enum {name}"] = numbers.Underlying;
            foreach (var value in numbers.Values) lines[$"{shown}.{value.Key}"] = value.Value;
        }
        else if (type is LockedObject known)
        {
            lines[$"type {name}"] = (known.CanBeMade ? "" : "abstract ") + (known.RefusesUnknown ? "strict " : "") + (known.KeepsUnknown ? "open " : "") + (known.Discriminator ?? "plain");
            foreach (var derived in known.Derived) lines[$"{shown} \"{derived.Key}\""] = derived.Value.ToString();
            foreach (var member in known.Members.Where(member => member.Value.Use != MemberUse.Gone))
            {
                lines[$"{shown}.{member.Key}"] = member.Value.Value + LockFormat.Suffix(member.Value.Use);
                foreach (var formerName in member.Value.FormerNames) lines[$"former name {formerName} of {shown}.{member.Key}"] = "";
            }
        }
    }
}
