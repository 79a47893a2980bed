using System.Text;
using QuikGraph;

namespace Overseer;

public sealed partial class JobGraph
{
    /// <summary>The graph for QuikGraph's algorithms: an edge leads from a dependency to its dependent.</summary>
    /// <returns>A new graph; changing it does not change this one.</returns>
    public BidirectionalGraph<Job, SEdge<Job>> ToQuikGraph()
    {
        var graph = new BidirectionalGraph<Job, SEdge<Job>>(allowParallelEdges: false, Jobs.Length);
        graph.AddVertexRange(Jobs);
        graph.AddEdgeRange(Edges.Select(edge => new SEdge<Job>(Jobs[edge.Dependency], Jobs[edge.Dependent])));
        return graph;
    }

    /// <summary>The graph as a Mermaid flowchart, which many editors and forges draw.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("flowchart LR\n");
        for (var number = 0; number < Jobs.Length; number++)
            text.Append("    j").Append(number).Append("[\"").Append(Escape(Jobs[number].ToString())).Append("\"]\n");
        foreach (var edge in Edges)
            text.Append("    j").Append(edge.Dependency).Append(" --> j").Append(edge.Dependent).Append('\n');
        return text.ToString();
    }

    private static string Escape(string label) =>
        label.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
