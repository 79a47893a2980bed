using Overseer;

namespace QuickStart;

/// <summary>A graph as text: a line per job, and the same for Mermaid.</summary>
internal static class GraphText
{
    public static string Of(JobGraph graph)
    {
        var width = graph.Jobs.Max(job => job.Type.Length);
        var lines = graph.Jobs.Select((job, number) => $"  {job.Type.PadRight(width)}  {After(graph, number)}".TrimEnd());
        return $"""
            Graph {graph.Name}, version {graph.Version}, {graph.Jobs.Length} jobs:

            {string.Join('\n', lines)}

            {graph.ToMermaid()}
            """;
    }

    private static string After(JobGraph graph, int number)
    {
        var types = graph.Edges.Where(edge => edge.Dependent == number).Select(edge => graph.Jobs[edge.Dependency].Type).ToList();
        return types.Count == 0 ? "" : $"after {string.Join(", ", types)}";
    }
}
