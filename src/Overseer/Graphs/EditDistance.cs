namespace Overseer;

/// <summary>Levenshtein distance, for "did you mean". Upper and lower case are the same, and two letters in the wrong order are one mistake.</summary>
internal static class EditDistance
{
    /// <summary>The name that is nearest to a misspelt one; null if none is near: at most one letter in four is wrong.</summary>
    public static string? Nearest(string misspelt, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Distance: Between(name, misspelt)))
            .Where(near => near.Distance <= Math.Max(1, misspelt.Length / 4))
            .OrderBy(near => near.Distance).FirstOrDefault().Name;

    private static int Between(string a, string b)
    {
        int[] before = [];
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (IsSame(a[i - 1], b[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && IsSame(a[i - 1], b[j - 2]) && IsSame(a[i - 2], b[j - 1])) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, above) = (above, row);
        }

        return above[^1];
    }

    private static bool IsSame(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
