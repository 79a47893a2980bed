namespace Overseer;

/// <summary>Finds cycles by three-colour depth-first search, without recursion, so that a chain of any length is safe.</summary>
internal sealed class GraphCycle
{
    private readonly JobGraph graph;
    private readonly ILookup<int, int> dependents;
    private readonly bool[] done;
    private readonly List<Step> path = [];

    // Where on the path a job is, from 1; 0 if it is not on it.
    private readonly int[] depths;
    private readonly List<IReadOnlyList<Job>> found = [];

    private GraphCycle(JobGraph graph)
    {
        this.graph = graph;
        dependents = graph.Edges.ToLookup(edge => edge.Dependency, edge => edge.Dependent);
        done = new bool[graph.Jobs.Length];
        depths = new int[graph.Jobs.Length];
    }

    /// <returns>Cycles that share no job, at least one among any jobs that wait for each other: of each its jobs, the first again at the end.</returns>
    public static IReadOnlyList<IReadOnlyList<Job>> FindAll(JobGraph graph)
    {
        var search = new GraphCycle(graph);
        for (var root = 0; root < graph.Jobs.Length; root++)
        {
            if (!search.done[root]) search.SearchFrom(root);
        }

        return search.found;
    }

    private void SearchFrom(int root)
    {
        Enter(root);
        while (path.Count > 0)
        {
            var (number, next, taken) = path[^1];
            if (!next.MoveNext())
            {
                path.RemoveAt(path.Count - 1);
                depths[number] = 0;
                done[number] = true;
            }
            else if (depths[next.Current] is > 0 and var depth)
            {
                if (depth > taken) Take(depth);
            }
            else if (!done[next.Current])
            {
                Enter(next.Current);
            }
        }
    }

    private void Enter(int number)
    {
        path.Add(new Step(number, dependents[number].GetEnumerator(), path.Count == 0 ? 0 : path[^1].Taken));
        depths[number] = path.Count;
    }

    private void Take(int depth)
    {
        var cycle = path.Skip(depth - 1).Select(step => graph.Jobs[step.Number]).ToList();
        cycle.Add(cycle[0]);
        found.Add(cycle);
        for (var i = depth - 1; i < path.Count; i++) path[i] = path[i] with { Taken = i + 1 };
    }

    /// <param name="Number">The job.</param>
    /// <param name="Dependents">Those of its dependents that are still to be looked at.</param>
    /// <param name="Taken">How far down the path the last job is that is in a cycle already: a cycle from there or above would share it.</param>
    private readonly record struct Step(int Number, IEnumerator<int> Dependents, int Taken);
}
