namespace Overseer.Faults;

/// <summary>F26, F27: a transaction pooler between the workers and the database.</summary>
internal static class Poolers
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F26", "Two hundred handlers go through a transaction pooler of four connections", PooledAsync),
        new("F27", "The pooler is killed, and starts again", KilledAsync),
    ];

    private static async Task PooledAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var pooler = arena.Own(await PgBouncer.StartAsync(arena.Database));
        await using var store = arena.Own(new PostgresJobStore(pooler.ConnectionString, new PostgresStoreOptions { Prepare = false }));
        var client = new OverseerClient(store, StepJob.Known());
        var worker = await arena.StartWorkerAsync(settings => settings with { Store = pooler.ConnectionString, Prepare = false, Concurrency = 200, Tolerance = 50 });
        var gates = await arena.InsertAsync(Graphs.Loose(200, act: "gate"), client);
        await worker.HearAsync("start", 200);
        var cancelled = await arena.InsertAsync(Graphs.Chain(5, milliseconds: 60_000), client);
        await cancelled.CancelAsync();
        worker.Say("open *");
        string[] acts = ["", "", "", "", "throw", "abort", "fault-once", ""];
        for (var i = 0; i < 4; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 5, width: 20, longest: 30, act: no => acts[no % acts.Length], key: $"pooled-{i}"), client);
        // Larger than a statement takes: by COPY.
        await arena.InsertAsync(Graphs.Loose(3000), client);
        var failed = await arena.InsertAsync(Graphs.One(act: "throw"), client);
        await arena.WaitAsync();
        Arena.Require((await gates.GetAsync()).Status == RunStatus.Finished, "all gates were passed");
        Arena.Require((await cancelled.GetAsync()).Status == RunStatus.Aborted, "the run was cancelled");
        Arena.Require(await arena.RetryFailedAsync(failed) == 1, "what failed is tried again");
        await arena.WaitAsync();
        await arena.HasWrittenAsync("it says that notifications do not come through", entry => entry is { Op: "log", Job: "ListeningGivenUp" });
        Arena.Require(await worker.StopAsync() == 0, "the worker stops as always");
        var log = arena.History().Where(entry => entry.Op == "log").ToList();
        var warnings = log.Where(entry => entry.Result.StartsWith("Warning: Store", StringComparison.Ordinal)).ToList();
        Arena.Require(warnings.Count == 1, $"that is the one warning: {string.Join("; ", warnings.Select(entry => entry.Result))}");
        Arena.Require(arena.History().All(entry => entry.Op != "error"), "nothing else failed");
        Arena.Require(await Db.CountAsync(arena.Database, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'overseer' AND backend_type = 'client backend'") <= PgBouncer.Connections + 1, "the pooler keeps to its four connections");
    }

    private static async Task KilledAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var pooler = arena.Own(await PgBouncer.StartAsync(arena.Database));
        var run = await arena.InsertAsync(Graphs.Loose(6, act: "gate"));
        for (var i = 0; i < 3; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 6, width: 15, longest: 40));
        var workers = await arena.StartWorkersAsync(2, settings => settings with { Store = pooler.ConnectionString, Prepare = false, Listen = false, Concurrency = 8, Tolerance = 100 });
        await Arena.UntilAsync("all gates are waited at", () => Task.FromResult(workers.Sum(worker => worker.CountOf("start")) >= 10));
        for (var i = 0; i < (arena.IsLong ? 10 : 2); i++)
        {
            await arena.FaultAsync("pooler killed", async () =>
            {
                var seen = arena.History().Count(entry => entry is { Op: "error", Job: "beat" });
                await pooler.KillAsync();
                foreach (var worker in workers) worker.Say("open *");
                await Arena.UntilAsync("beats fail", () => Task.FromResult(arena.History().Count(entry => entry is { Op: "error", Job: "beat" }) >= seen + 4));
                await pooler.StartAsync();
            });
        }

        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
        await arena.RequireNoFailureAsync();
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job is { Status: JobStatus.Finished, Attempt: 1, Losses: 0 }), "what handlers returned was kept and recorded");
    }
}
