namespace Overseer;

/// <summary>A graph that cannot run. Nothing of it was inserted.</summary>
public sealed class JobGraphException : OverseerException
{
    internal JobGraphException(string graph, IReadOnlyList<GraphProblem> problems)
        : base(Describe(graph, problems))
    {
        Graph = graph;
        Problems = problems;
    }

    /// <summary>The name of the graph.</summary>
    public string Graph { get; }

    /// <summary>Everything that is wrong with it.</summary>
    public IReadOnlyList<GraphProblem> Problems { get; }

    private static string Describe(string graph, IReadOnlyList<GraphProblem> problems)
    {
        const int shown = 20;
        var lines = problems.Take(shown).Select(problem => $"\n  - {problem.Message}");
        var more = problems.Count > shown ? $"\n  - and {problems.Count - shown} more (see Problems)" : "";
        return $"Graph '{graph}' cannot run and was not inserted:{string.Concat(lines)}{more}";
    }
}
