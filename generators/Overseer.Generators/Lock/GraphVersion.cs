using System.Security.Cryptography;
using System.Text;

namespace Overseer.Generators.Lock;

/// <summary>The version of a graph: the hash that the run time gives a run of it. A test holds the two against each other.</summary>
internal static class GraphVersion
{
    private const int Bytes = 6;

    public static string Of(SortedDictionary<string, IReadOnlyList<string>> dependencies)
    {
        var lines = dependencies.Keys
            .Concat(dependencies.SelectMany(job => job.Value, (job, dependency) => $"{dependency} {job.Key}"))
            .OrderBy(line => line, StringComparer.Ordinal);
        using var text = new MemoryStream();
        foreach (var line in lines)
        {
            // A length before each text, so that two texts never read as one.
            var bytes = Encoding.UTF8.GetBytes(line);
            for (var shift = 0; shift < 32; shift += 8) text.WriteByte((byte)(bytes.Length >> shift));
            text.Write(bytes, 0, bytes.Length);
        }

        using var algorithm = SHA256.Create();
        return string.Concat(algorithm.ComputeHash(text.ToArray()).Take(Bytes).Select(part => part.ToString("x2")));
    }
}
