using Overseer.Generators.Model;

namespace Overseer.Generators.Rules;

/// <summary>OVS206: a graph that is written out as a dictionary names a job type nobody handles, that has another name now or is retired, or lacks a dependency whose result a handler takes.</summary>
internal static class RunTimeGraphRule
{
    /// <param name="dependencies">For each job type that is a key the places of it and of the types it depends on.</param>
    /// <param name="table">The handlers in reach.</param>
    /// <param name="atRunTime">Job types whose handlers are given at run time, of which nothing is known.</param>
    public static IEnumerable<LiteralProblem> Check(IReadOnlyList<LiteralJob> dependencies, HandlerTable table, ICollection<string> atRunTime)
    {
        var handlers = new Dictionary<string, BoundHandler>(StringComparer.Ordinal);
        foreach (var handler in table.References.Append(table.Own).SelectMany(assembly => assembly.Handlers))
        {
            if (handler.JobType is { } type && !handlers.ContainsKey(type) && table.Find(handler.Key) is { } bound) handlers.Add(type, bound);
        }

        var formerly = handlers.Values
            .SelectMany(bound => bound.Handler.FormerNames, (bound, name) => (name, bound.Handler.JobType))
            .GroupBy(pair => pair.name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().JobType!, StringComparer.Ordinal);
        // A project that knows no handlers writes graphs for another one.
        if (handlers.Count == 0) yield break;
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in dependencies.SelectMany(job => job.Dependencies.Prepend(job.Type)))
        {
            if (!told.Add(name.Text) || atRunTime.Contains(name.Text)) continue;
            if (!handlers.TryGetValue(name.Text, out var handler)) yield return formerly.TryGetValue(name.Text, out var present) ? Renamed(name, present) : Unhandled(name, handlers.Keys);
            else if (handler.Handler.IsRetired) yield return Retired(name, handler.Handler);
        }

        var keys = dependencies.ToDictionary(job => job.Type.Text, StringComparer.Ordinal);
        foreach (var name in dependencies.SelectMany(job => job.Dependencies.Prepend(job.Type)).GroupBy(name => name.Text, StringComparer.Ordinal).Select(group => group.First()))
        {
            if (atRunTime.Contains(name.Text) || !handlers.TryGetValue(name.Text, out var handler)) continue;
            keys.TryGetValue(name.Text, out var job);
            // A misspelt dependency is told as such, and is probably the one that is lacking.
            if (job?.Dependencies.Any(dependency => !IsKnown(dependency.Text)) == true) continue;
            foreach (var input in handler.Inputs)
            {
                if (job?.Dependencies.Any(dependency => dependency.Text == input.JobType) == true) continue;
                yield return new((job?.Type ?? name).Place, [
                    $"job '{name.Text}' lacks its dependency on '{input.JobType}', whose result {handler.Handler.FullName} takes",
                    $"add \"{input.JobType}\" to the dependencies of \"{name.Text}\""]);
            }
        }

        bool IsKnown(string type) => handlers.ContainsKey(type) || atRunTime.Contains(type);
    }

    private static LiteralProblem Renamed(LiteralName name, string present) => new(name.Place, [
        $"'{name.Text}' is the former name of job type '{present}', under which new jobs are stored",
        $"use \"{present}\""]);

    private static LiteralProblem Retired(LiteralName name, HandlerModel handler) => new(name.Place, [
        $"job type '{name.Text}' is retired: {handler.FullName} is kept only to finish stored runs",
        "use another type, or take Retired away"]);

    private static LiteralProblem Unhandled(LiteralName name, IEnumerable<string> known) => new(name.Place, [
        $"no handler is known for job type '{name.Text}'",
        NearName.Find(name.Text, known) is not { } near ? $"correct the name, or add a class with [JobType(\"{name.Text}\")]" : $"did you mean '{near}'?"]);
}

/// <param name="Type">The key of the dictionary.</param>
/// <param name="Dependencies">What it depends on.</param>
internal sealed record LiteralJob(LiteralName Type, EquatableArray<LiteralName> Dependencies);

/// <param name="Text">A job type.</param>
/// <param name="Place">Which of the literal's strings it is.</param>
internal readonly record struct LiteralName(string Text, int Place);

/// <param name="Place">Which of the literal's strings it is about.</param>
/// <param name="Arguments">The arguments of the message, as <see cref="RuleId.RunTimeGraph"/> lists them.</param>
internal sealed record LiteralProblem(int Place, EquatableArray<string> Arguments);
