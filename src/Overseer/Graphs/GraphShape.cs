using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Overseer;

/// <summary>The two hashes of a graph.</summary>
internal sealed record GraphShape(string Version, ReadOnlyMemory<byte> Fingerprint)
{
    public static GraphShape Of(JobGraph graph)
    {
        using var shape = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The version says what kinds of jobs there are and how they hang together, whatever order they were added in.
        foreach (var line in ShapeLines(graph)) Append(shape, line);
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

        return new GraphShape(Convert.ToHexStringLower(shape.GetHashAndReset().AsSpan(0, 6)), whole.GetHashAndReset());
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
