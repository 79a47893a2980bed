namespace Overseer;

/// <summary>The checks before an insert: the same as the compiler's, all problems at once.</summary>
internal static class GraphCheck
{
    public const int DefaultMaxPayloadBytes = 1024 * 1024;

    private const int MostAttempts = 1000;

    public static IReadOnlyList<GraphProblem> FindProblems(JobGraph graph, JobHandlerMap handlers, int maxPayloadBytes)
    {
        var problems = new List<GraphProblem>();
        if (JobNames.FindGraphNameProblem(graph.Name) is { } badName) Add(GraphProblemKind.BadName, badName);
        if (graph.Key is { } key && JobNames.FindKeyProblem(key) is { } badKey) Add(GraphProblemKind.BadName, badKey);
        if (graph.Jobs.IsEmpty) Add(GraphProblemKind.Empty, $"Graph '{graph.Name}' has no jobs. Add at least one.");

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var args = new ArgsCheck(handlers, maxPayloadBytes);
        foreach (var job in graph.Jobs)
        {
            if (job.Id.IsAssigned) CheckId(job, job.Id.Value);
            if (JobNames.FindTypeProblem(job.Type) is { } badType) Add(GraphProblemKind.BadName, badType, job);
            else CheckType(job);
            CheckAttempts(job);
            problems.AddRange(args.FindProblems(job));
        }

        CheckDependencies(graph, handlers, problems);
        foreach (var cycle in GraphCycle.FindAll(graph))
            Add(GraphProblemKind.Cycle, $"Jobs wait for each other: {string.Join(" → ", cycle)}. Take one of these dependencies out.", cycle[0]);
        return problems;

        void Add(GraphProblemKind kind, string message, Job? job = null) => problems.Add(new GraphProblem(kind, message, job));

        void CheckType(Job job)
        {
            if (!handlers.TryGet(job.Type, out var handler)) Add(GraphProblemKind.UnknownType, Unknown(job.Type, handlers), job);
            else if (handler.Type != job.Type) Add(GraphProblemKind.FormerName, $"Job type '{job.Type}' is the former name of '{handler.Type}', under which new jobs are stored. Use '{handler.Type}'.", job);
            else if (handler.IsRetired) Add(GraphProblemKind.RetiredType, $"Job type '{job.Type}' is retired: {handler.Name} is kept only to finish stored runs. Use another type, or take Retired away.", job);
        }

        void CheckAttempts(Job job)
        {
            if (job.MaxAttempts is >= 1 and <= MostAttempts) return;
            Add(
                GraphProblemKind.BadMaxAttempts,
                $"Job '{job}' has {job.MaxAttempts} as its MaxAttempts; it must be between 1 and {MostAttempts}. Set it to the number of tries that the job shall have.",
                job);
        }

        void CheckId(Job job, string id)
        {
            if (JobNames.FindIdProblem(id) is { } badId) Add(GraphProblemKind.BadName, badId, job);
            else if (!ids.Add(id)) Add(GraphProblemKind.DuplicateId, $"Job id '{id}' is used twice. Ids are unique in a store.", job);
        }
    }

    private static void CheckDependencies(JobGraph graph, JobHandlerMap handlers, List<GraphProblem> problems)
    {
        var dependencies = graph.Edges.ToLookup(edge => edge.Dependent, edge => graph.Jobs[edge.Dependency].Type);
        for (var number = 0; number < graph.Jobs.Length; number++)
        {
            var job = graph.Jobs[number];
            if (!handlers.TryGet(job.Type, out var handler) || handler.Dependencies.Count == 0) continue;
            foreach (var bound in handler.Dependencies)
            {
                var count = dependencies[number].Count(bound.Means);
                if (count == 1) continue;
                problems.Add(new GraphProblem(
                    GraphProblemKind.MissingDependency,
                    $"Job '{job}' depends on {(count == 0 ? "no job" : $"{count} jobs")} of type '{bound.Type}', and its handler {handler.Name} takes the result of exactly one. "
                    + (count == 0 ? "Add the dependency." : "Leave one of them."),
                    job));
            }
        }
    }

    private static string Unknown(string type, JobHandlerMap handlers)
    {
        var known = handlers.Types.ToList();
        var hint = EditDistance.Nearest(type, known) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : known.Count == 0 ? "The map has no handlers at all." : $"Known are {string.Join(", ", known.Take(10).Select(name => $"'{name}'"))}{(known.Count > 10 ? " …" : "")}.";
        return $"No handler is known for job type '{type}'. Add a class with [JobType(\"{type}\")], or correct the name. {hint}";
    }
}
