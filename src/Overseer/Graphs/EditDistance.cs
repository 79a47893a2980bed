namespace Overseer;

/// <summary>Levenshtein distance, for "did you mean". Upper and lower case are the same.</summary>
internal static class EditDistance
{
    /// <summary>The name that is nearest to a misspelt one; null if none is near: at most one letter in four is wrong.</summary>
    public static string? Nearest(string misspelt, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Distance: Between(name, misspelt)))
            .Where(near => near.Distance <= Math.Max(1, misspelt.Length / 4))
            .OrderBy(near => near.Distance).FirstOrDefault().Name;

    private static int Between(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
