namespace Overseer.Json;

/// <summary>Finds types that handlers store and no context describes, before a job does its work and cannot keep the result.</summary>
internal static class JsonCheck
{
    /// <exception cref="InvalidOperationException">Some are missing; all are listed.</exception>
    public static void Check(JobHandlerMap handlers)
    {
        var missing = handlers.Handlers
            .SelectMany(handler => handler.Dependencies.Select(dependency => dependency.Result).Prepend(handler.Result).Prepend(handler.Args)
                .Select(handler.Json.FindProblem)
                .Where(problem => problem is not null)
                .Select(problem => (Problem: problem, Handler: handler.Name)))
            .GroupBy(entry => entry.Problem, entry => entry.Handler)
            .Select(group => $"\n  - {group.Key} Needed by {string.Join(", ", group.Distinct())}.")
            .ToList();
        if (missing.Count > 0) throw new InvalidOperationException($"The worker cannot start: types of its handlers cannot be stored.{string.Concat(missing)}");
    }
}
