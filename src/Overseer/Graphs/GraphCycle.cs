namespace Overseer;

/// <summary>Finds a cycle by three-colour depth-first search, without recursion, so that a chain of any length is safe.</summary>
internal static class GraphCycle
{
    /// <returns>The jobs of one cycle, the first again at the end; null if there is none.</returns>
    public static IReadOnlyList<Job>? Find(JobGraph graph)
    {
        var dependents = graph.Edges.ToLookup(edge => edge.Dependency, edge => edge.Dependent);
        var done = new bool[graph.Jobs.Length];
        var onPath = new bool[graph.Jobs.Length];
        var path = new Stack<(int Number, IEnumerator<int> Dependents)>();
        for (var root = 0; root < graph.Jobs.Length; root++)
        {
            if (done[root]) continue;
            Enter(root);
            while (path.TryPeek(out var top))
            {
                if (!top.Dependents.MoveNext())
                {
                    path.Pop();
                    onPath[top.Number] = false;
                    done[top.Number] = true;
                }
                else if (onPath[top.Dependents.Current])
                {
                    return Path(graph, path.Select(entry => entry.Number), top.Dependents.Current);
                }
                else if (!done[top.Dependents.Current])
                {
                    Enter(top.Dependents.Current);
                }
            }
        }

        return null;

        void Enter(int number)
        {
            onPath[number] = true;
            path.Push((number, dependents[number].GetEnumerator()));
        }
    }

    private static List<Job> Path(JobGraph graph, IEnumerable<int> topDown, int start)
    {
        var cycle = topDown.TakeWhile(number => number != start).Append(start).Select(number => graph.Jobs[number]).ToList();
        cycle.Insert(0, graph.Jobs[start]);
        cycle.Reverse();
        return cycle;
    }
}
