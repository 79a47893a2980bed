namespace Overseer.Generators.Rules;

/// <summary>Gives each of several things a short name of its own: where two clash, all of them take the shortest prefix that tells them apart.</summary>
internal static class ShortNames
{
    /// <param name="names">Each thing's name and the scopes around it, outermost first.</param>
    /// <param name="taken">Names that none of them may have.</param>
    /// <param name="join">Puts a prefix and a name together.</param>
    public static IReadOnlyList<string> Choose(
        IReadOnlyList<(string Name, IReadOnlyList<string> Scope)> names, ICollection<string> taken, Func<string, string, string> join)
    {
        var depths = new int[names.Count];
        while (true)
        {
            var chosen = names.Select((name, index) => Prefixed(name.Name, name.Scope, depths[index], join)).ToList();
            var clashing = chosen.Select((name, index) => (name, index))
                .GroupBy(pair => pair.name, StringComparer.Ordinal)
                .Where(group => group.Count() > 1 || taken.Contains(group.Key))
                .SelectMany(group => group)
                .Where(pair => depths[pair.index] < names[pair.index].Scope.Count)
                .ToList();
            if (clashing.Count == 0) return Number(chosen, taken);
            foreach (var (_, index) in clashing) depths[index]++;
        }
    }

    private static string Prefixed(string name, IReadOnlyList<string> scope, int depth, Func<string, string, string> join)
    {
        for (var level = scope.Count - 1; level >= scope.Count - depth; level--) name = join(scope[level], name);
        return name;
    }

    /// <summary>Where scopes do not tell them apart, the second gets a 2.</summary>
    private static List<string> Number(List<string> names, ICollection<string> taken)
    {
        var used = new HashSet<string>(taken, StringComparer.Ordinal);
        for (var index = 0; index < names.Count; index++)
        {
            var name = names[index];
            for (var number = 2; !used.Add(name); number++) name = names[index] + number;
            names[index] = name;
        }

        return names;
    }
}
