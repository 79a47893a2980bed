namespace Overseer.Faults;

/// <summary>F1 to F5, F13: workers that die.</summary>
internal static class KilledWorkers
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F1", "One of three workers is killed in the middle of handlers, again and again", KilledInHandlersAsync),
        new("F2", "A worker is killed after its handler ended and before the store knows", arena => KilledAtAsync(arena, "ending", runs: 2)),
        new("F3", "A worker is killed after its claim was committed and before anything started", arena => KilledAtAsync(arena, "claimed", runs: 1)),
        new("F5", "All workers are killed at once, and new ones start", async arena =>
        {
            await arena.StartDatabaseAsync();
            await AllKilledAsync(arena, workers: 3);
        }),
    ];

    private static async Task KilledInHandlersAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 10, width: 20, longest: 60));
        var workers = (await arena.StartWorkersAsync(3, settings => settings with { LossLimit = 20 })).ToList();
        for (var kill = 0; kill < (arena.IsLong ? 20 : 4); kill++)
        {
            var victim = workers[kill % 3];
            await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 8, width: 20, longest: 60));
            await victim.HearAsync("start", victim.CountOf("start") + arena.Random.Next(1, 15));
            await arena.FaultAsync("kill", victim.KillAsync);
            workers[kill % 3] = await arena.StartWorkerAsync(settings => settings with { LossLimit = 20 });
        }

        await arena.WaitAsync();
        Arena.Require((await TransitionLog.ReadAsync(arena.Database)).Any(step => step.IsLoss), "a kill hit a running job");
    }

    private static async Task KilledAtAsync(Arena arena, string point, int runs)
    {
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.One());
        var victim = await arena.StartWorkerAsync(settings => settings with { Breaks = [point] });
        await victim.HearAsync($"at {point}");
        await arena.FaultAsync("kill", victim.KillAsync);
        await arena.StartWorkerAsync();
        await arena.WaitAsync();
        var job = (await arena.Store.ListJobsAsync(run.Id))[0];
        Arena.Require(job is { Status: JobStatus.Finished, Losses: 1, Attempt: 1 }, $"the job finished at its first attempt with one loss; it is {job.Status}, attempt {job.Attempt}, losses {job.Losses}");
        Arena.Require(arena.History().Count(entry => entry.Op == "start") == runs, $"the handler ran {runs} times");
    }

    public static async Task AllKilledAsync(Arena arena, int workers)
    {
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 10, width: 20, longest: 60));
        var all = await arena.StartWorkersAsync(workers);
        await Arena.UntilAsync("some jobs have started", () => Task.FromResult(all.Sum(worker => worker.CountOf("start")) >= 40));
        await arena.FaultAsync("kill of all", () => Task.WhenAll(all.Select(worker => worker.KillAsync())));
        await arena.StartWorkersAsync(workers);
        await arena.WaitAsync();
    }
}
