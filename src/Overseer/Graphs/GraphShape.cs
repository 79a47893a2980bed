using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Overseer;

/// <summary>The two hashes of a graph.</summary>
internal static class GraphShape
{
    // Runs of one job are inserted by the hundred thousand, and all that tells their versions apart is the type. The types of a
    // program are few; names made up at run time must not fill the memory.
    private const int MostKnown = 10_000;

    private static readonly ConcurrentDictionary<string, string> VersionsOfOne = new(StringComparer.Ordinal);

    /// <summary>What kinds of jobs there are and how they hang together, whatever order they were added in: twelve hexadecimal digits.</summary>
    public static string VersionOf(JobGraph graph)
    {
        if (graph.Jobs is not [var only]) return Version(graph);
        if (VersionsOfOne.TryGetValue(only.Type, out var known)) return known;
        var version = Version(graph);
        if (VersionsOfOne.Count < MostKnown) VersionsOfOne.TryAdd(only.Type, version);
        return version;
    }

    /// <summary>Names, ids, args and edges in their order: 32 bytes.</summary>
    public static byte[] FingerprintOf(JobGraph graph)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(whole, graph.Name);
        foreach (var job in graph.Jobs)
        {
            Append(whole, job.Type);
            // However the job was made, no id is no id.
            Append(whole, job.Id.IsAssigned ? job.Id.Value : null);
            Append(whole, job.Args);
        }

        Span<byte> pair = stackalloc byte[8];
        foreach (var edge in graph.Edges.Order(EdgeOrder.Instance))
        {
            BinaryPrimitives.WriteInt32LittleEndian(pair, edge.Dependency);
            BinaryPrimitives.WriteInt32LittleEndian(pair[4..], edge.Dependent);
            whole.AppendData(pair);
        }

        return whole.GetHashAndReset();
    }

    private static string Version(JobGraph graph)
    {
        using var shape = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in ShapeLines(graph)) Append(shape, line);
        return Convert.ToHexStringLower(shape.GetHashAndReset().AsSpan(0, 6));
    }

    private static IEnumerable<string> ShapeLines(JobGraph graph) =>
        graph.Jobs.Select(job => job.Type)
            .Concat(graph.Edges.Select(edge => $"{graph.Jobs[edge.Dependency].Type} {graph.Jobs[edge.Dependent].Type}"))
            .Order(StringComparer.Ordinal);

    // A length before each text, so that two texts never read as one; null has a length of its own.
    private static void Append(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[4];
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private sealed class EdgeOrder : IComparer<JobEdge>
    {
        public static readonly EdgeOrder Instance = new();

        public int Compare(JobEdge x, JobEdge y) => (x.Dependent, x.Dependency).CompareTo((y.Dependent, y.Dependency));
    }
}
