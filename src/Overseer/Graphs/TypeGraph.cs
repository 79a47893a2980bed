namespace Overseer;

/// <summary>Turns a dictionary of type names into a graph with one job per type.</summary>
internal static class TypeGraph
{
    public static JobGraph Build(
        IReadOnlyDictionary<string, string[]> dependencies, Func<string, Job> create, string? key, RunOptions? options, string name)
    {
        ArgumentNullException.ThrowIfNull(dependencies);
        var builder = new JobGraphBuilder(name);
        var jobs = new Dictionary<string, Job>(StringComparer.Ordinal);
        foreach (var (type, needs) in dependencies)
        {
            if (needs is null || needs.Contains(null))
            {
                throw new ArgumentException(
                    $"The dependencies of '{type}' in graph '{name}' {(needs is null ? "are null" : "hold a null")}. Give the names of job types, or an empty array.", nameof(dependencies));
            }

            foreach (var need in needs) builder.DependsOn(JobOf(type), JobOf(need));
            JobOf(type);
        }

        return builder.Build(key, options);

        Job JobOf(string type)
        {
            if (!jobs.TryGetValue(type, out var job)) jobs.Add(type, job = builder.Add(create(type)));
            return job;
        }
    }
}
