namespace Overseer.Simulation.Tests;

/// <summary>The runs of a play.</summary>
internal static class Graphs
{
    public static readonly string[] Types = ["a", "b", "c"];

    public static JobGraph Random(Stage stage, string key)
    {
        var builder = new JobGraphBuilder("Random");
        var (jobs, edges) = (new List<Job>(), 0.1 + (stage.Random.NextDouble() * 0.5));
        for (var count = stage.Random.Next(3, 8); jobs.Count < count;)
        {
            var job = builder.Add(new Job(Types[stage.Random.Next(Types.Length)])
            {
                MaxAttempts = stage.Random.Next(1, 4),
                RunAt = stage.Chance(0.2) ? stage.Time.GetUtcNow() + stage.Milliseconds(0, 5000) : default,
            });
            foreach (var dependency in jobs.Where(_ => stage.Chance(edges))) builder.DependsOn(job, dependency);
            jobs.Add(job);
        }

        return builder.Build(key);
    }
}
