using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>Lays out one graph: order, levels, parameters and names.</summary>
internal sealed class GraphPlanner(HandlerTable table, TokenPlanner tokens)
{
    public IEnumerable<GraphModel> Plan() => table.Graphs.Own.Select(graph => Plan(graph.Name, graph.Targets));

    private GraphModel Plan(string name, IReadOnlyList<HandlerModel> targets)
    {
        var (jobs, levels) = InOrder(GraphClosure.Of(targets, table));
        var (parameters, parameterOf) = FindParameters(jobs);
        var taken = new NameScope(parameters.Select(parameter => parameter.Name).Concat(["key", "options", "JobTypes"]));
        var variable = taken.Take("graph", "graphBuilder");
        var places = jobs.Select((job, index) => (job.Handler.Key, index)).ToDictionary(pair => pair.Key, pair => pair.index);
        var dependencies = jobs
            .Select(job => job.Handler.Dependencies
                .Where(dependency => places.ContainsKey(dependency.Handler.Key))
                .Select(dependency => places[dependency.Handler.Key])
                .Distinct()
                .OrderBy(place => place)
                .ToEquatableArray())
            .ToList();
        var dependedOn = new HashSet<int>(dependencies.SelectMany(places => places));
        var variables = ShortNames.Choose(
            jobs.Select(job => (Identifiers.Camel(job.Handler.ClassName), (IReadOnlyList<string>)job.Handler.Type.Scope.ToList())).ToList(), [], Joined);
        var planned = jobs.Select((job, index) => new GraphJob(
            job.Handler.JobType ?? job.Handler.ClassName,
            tokens.Expression(job),
            dependedOn.Contains(index) ? taken.Take(variables[index], variables[index] + "Job") : "",
            levels[index],
            parameterOf[index],
            dependencies[index],
            dependedOn.Contains(index)));
        return new GraphModel(
            name,
            variable,
            parameters.ToEquatableArray(),
            planned.ToEquatableArray(),
            levels.Count == 0 ? 0 : levels.Max(),
            parameters.Aggregate(Visibility.Public, (least, parameter) => parameter.Type.Visibility < least ? parameter.Type.Visibility : least),
            FindBreak(jobs));
    }

    /// <summary>Topological order by levels, inside a level ordinal by job type; what is on a cycle comes last.</summary>
    private static (List<BoundHandler> Jobs, List<int> Levels) InOrder(List<BoundHandler> jobs)
    {
        var byKey = jobs.ToDictionary(job => job.Handler.Key);
        var up = jobs.ToDictionary(
            job => job.Handler.Key,
            job => job.Upstream.Where(byKey.ContainsKey).Distinct().ToList());
        var down = up.SelectMany(pair => pair.Value, (pair, dependency) => (dependency, pair.Key)).ToLookup(pair => pair.dependency, pair => pair.Key);
        var open = up.ToDictionary(pair => pair.Key, pair => pair.Value.Count);
        var level = new Dictionary<string, int>();
        var current = open.Where(pair => pair.Value == 0).Select(pair => pair.Key).ToList();
        var depth = 0;
        while (current.Count > 0)
        {
            depth++;
            foreach (var key in current) level[key] = depth;
            current = current.SelectMany(key => down[key]).Where(key => --open[key] == 0).ToList();
        }

        var ordered = jobs
            .OrderBy(job => level.TryGetValue(job.Handler.Key, out var known) ? known : depth + 1)
            .ThenBy(job => job.Handler.JobType, StringComparer.Ordinal)
            .ThenBy(job => job.Handler.Key, StringComparer.Ordinal)
            .ToList();
        return (ordered, ordered.Select(job => level.TryGetValue(job.Handler.Key, out var known) ? known : depth + 1).ToList());
    }

    private static (List<GraphParameter> Parameters, List<int> ParameterOf) FindParameters(List<BoundHandler> jobs)
    {
        var takers = jobs
            .Where(job => job.Args is { IsUsable: true })
            .GroupBy(job => job.Args!.Key)
            .Select(group => group.ToList())
            .ToList();
        var names = ShortNames.Choose(takers.Select(Named).ToList(), [], Joined);
        var parameters = takers
            .Select((group, index) => new GraphParameter(
                names[index],
                // Null may go in only if every handler takes it.
                (group.Find(job => !job.Args!.TakesNull) ?? group[0]).Args!,
                group.Select(job => job.Handler.JobType ?? job.Handler.ClassName).ToEquatableArray()))
            .ToList();
        var byType = takers.Select((group, index) => (group[0].Args!.Key, index)).ToDictionary(pair => pair.Key, pair => pair.index);
        return (parameters, jobs.Select(job => job.Args is { IsUsable: true } args ? byType[args.Key] : -1).ToList());
    }

    private static (string Name, IReadOnlyList<string> Scope) Named(List<BoundHandler> takers)
    {
        var first = takers[0];
        var (name, scope) = first.Args!.Noun is { Length: > 0 } noun
            ? (Identifiers.Camel(noun), first.Args.Scope.ToList())
            : (first.ArgsName!, [first.Handler.ClassName]);
        return (name is "key" or "options" or "JobTypes" ? name + "Args" : name, scope);
    }

    private static string Joined(string scope, string name) => Identifiers.Camel(scope) + name.Substring(0, 1).ToUpperInvariant() + name.Substring(1);

    private string? FindBreak(List<BoundHandler> jobs)
    {
        var ids = jobs
            .SelectMany(job => table.ProblemsOf(job.Handler.Key))
            .Concat(table.ProblemsOf(HandlerTable.OfAssembly))
            .Select(problem => problem.Id)
            .Distinct()
            .OrderBy(id => id, StringComparer.Ordinal)
            .ToList();
        if (ids.Count > 0) return string.Join(", ", ids);
        return jobs.All(job => job.IsComplete || !job.Handler.Type.Is(TypeTraits.Source)) ? null : "a compiler error";
    }
}
