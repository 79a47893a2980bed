namespace Overseer.Faults;

/// <summary>F41b, F50b: handlers that fail, abort, fault and snooze at random, all over random graphs.</summary>
internal static class BadEnds
{
    private static readonly string[] Ends = ["throw", "abort", "fault-once", "snooze-once", "throw-once"];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F41b", "Jobs fail, abort, fault and snooze at random all over random graphs, while workers are killed", RandomEndsAsync),
        new("F41c", "An operator retries the failed jobs of runs that are still at work", RetriedAsync),
    ];

    private static async Task RandomEndsAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        for (var i = 0; i < 6; i++) await arena.InsertAsync(Random(arena, share: 10));
        var workers = (await arena.StartWorkersAsync(2, settings => settings with { LossLimit = 20 })).ToList();
        await workers[0].HearAsync("start", 40);
        await arena.FaultAsync("kill", workers[0].KillAsync);
        await arena.StartWorkerAsync(settings => settings with { LossLimit = 20 });
        await arena.WaitAsync();
        var bad = await Db.CountAsync(arena.Database, "SELECT count(*) FROM overseer.job_view WHERE reason IN ('exception', 'abort')");
        var closed = await Db.CountAsync(arena.Database, "SELECT count(*) FROM overseer.job_view WHERE reason IN ('dependency_failed', 'dependency_aborted')");
        Arena.Require(bad > 0 && closed > 0, "some jobs failed or were aborted, and others with them");
    }

    private static async Task RetriedAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        // What throws does so once: the retry finds it well.
        var runs = new List<RunHandle>();
        for (var i = 0; i < 4; i++) runs.Add(await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 8, width: 10, longest: 20, act: _ => arena.Random.Next(12) == 0 ? "throw-once" : "")));
        await arena.StartWorkersAsync(2);
        await Arena.UntilAsync(
            "all runs are finished, retried as often as it takes",
            async () =>
            {
                foreach (var run in runs) await arena.RetryFailedAsync(run);
                await Task.Delay(100);
                var seen = await Task.WhenAll(runs.Select(run => run.GetAsync()));
                return seen.All(run => run.Status == RunStatus.Finished);
            });
    }

    private static JobGraph Random(Arena arena, int share) => Graphs.Layers(
        arena.Random, layers: 8, width: 15, longest: 30, act: _ => arena.Random.Next(share) == 0 ? Ends[arena.Random.Next(Ends.Length)] : "", maxAttempts: 2);
}
