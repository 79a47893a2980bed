namespace Overseer.Generators.Rules;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearName
{
    private const int MostMistakes = 2;

    /// <returns>The known name that is nearest; null if none is near, or two are equally so.</returns>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var near = known.Select(candidate => (candidate, distance: Distance(Folded(name), Folded(candidate))))
            .Where(pair => pair.distance <= Math.Min((Math.Min(name.Length, pair.candidate.Length) + 1) / 4, MostMistakes))
            .OrderBy(pair => pair.distance)
            .Take(2)
            .ToList();
        return near.Count == 1 || (near.Count == 2 && near[0].distance < near[1].distance) ? near[0].candidate : null;
    }

    // How the words of a name are joined, and its capitals, are not what tells two names apart.
    private static string Folded(string name) => name.ToLowerInvariant().Replace('_', '-').Replace('.', '-').Replace(' ', '-');

    /// <summary>The least number of letters to add, take out, replace, or change with their neighbour.</summary>
    public static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[one.Length, other.Length];
    }
}
