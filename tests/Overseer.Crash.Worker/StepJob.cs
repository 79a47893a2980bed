namespace Overseer.Crash.Worker;

/// <summary>The one job type of the crash tests: a few milliseconds of work that says when it starts and ends.</summary>
public static class StepJob
{
    public const string Type = "step";

    public static JobHandlerMap Handlers(Action<string> say) => new JobHandlerMap().With<int, int>(Type, async (job, milliseconds, cancellationToken) =>
    {
        say($"start {job.Id}");
        await Task.Delay(milliseconds, cancellationToken);
        say($"end {job.Id}");
        return milliseconds;
    });

    /// <summary>Layers of jobs, each depending on up to three of the layer before and taking up to so many milliseconds.</summary>
    public static JobGraph Layers(int layers, int width, int longest, int seed, string key)
    {
        var random = new Random(seed);
        var builder = new JobGraphBuilder("Layers");
        Job[] before = [];
        for (var layer = 0; layer < layers; layer++)
        {
            Job[] current = [.. Enumerable.Range(0, width).Select(_ => builder.Add(Job.Create(Type, random.Next(2, longest))))];
            foreach (var job in current)
            {
                for (var i = 0; i < 3 && before.Length > 0; i++) builder.DependsOn(job, before[random.Next(before.Length)]);
            }

            before = current;
        }

        return builder.Build(key);
    }
}
