using Npgsql;

namespace Overseer.Faults;

/// <summary>F56, F58, F59, F64: large graphs, and inserts that meet.</summary>
internal static class Inserts
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F56", "A chain, a star and layers of many jobs are inserted, run in part and cancelled", LargeAsync),
        new("F58", "Eight clients insert one key at once, held before they commit", OneKeyAsync),
        new("F59", "More rows in one call than a statement may have parameters", ManyRowsAsync),
        new("F64", "Ten processes install an empty database at once", InstallAsync),
    ];

    private static async Task LargeAsync(Arena arena)
    {
        var size = arena.IsLong ? 100_000 : 10_000;
        var side = arena.IsLong ? 316 : 70;
        await arena.StartDatabaseAsync();
        var star = new JobGraphBuilder("star");
        var centre = star.Add(Graphs.New(0, "", 1));
        for (var i = 1; i < size; i++) star.Add(Graphs.New(0, "", 1), centre);
        RunHandle[] runs = [await TimedAsync("chain", Graphs.Chain(size)), await TimedAsync("star", star.Build()), await TimedAsync("two layers", Graphs.Bipartite(side, side))];
        await arena.StartWorkersAsync(2, settings => settings with { Concurrency = 16 });
        await Arena.UntilAsync("each run is at work", async () => (await Task.WhenAll(runs.Select(run => run.GetAsync()))).All(run => run.Finished > 20), seconds: 120);
        // The chain is cut short; the star and the layers go on.
        await runs[0].CancelAsync();
        await arena.WaitAsync(seconds: 300);
        Arena.Require((await Task.WhenAll(runs.Skip(1).Select(run => run.GetAsync()))).All(run => run.Status == RunStatus.Finished), "star and layers finished");

        async Task<RunHandle> TimedAsync(string name, JobGraph graph)
        {
            var began = HistoryEntry.Now;
            var run = await arena.InsertAsync(graph);
            arena.Log($"{name}: {graph.Jobs.Length} jobs and {graph.Edges.Length} edges inserted in {HistoryEntry.Now - began:F2} s");
            return run;
        }
    }

    private static async Task OneKeyAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        for (var round = 0; round < 3; round++)
        {
            var graph = Graphs.Loose(round == 2 ? 600 : 3, key: $"key-{round}");
            await using var barrier = await Barrier.RaiseAsync(arena.Database, "overseer.run", "AFTER INSERT", "true");
            var inserting = Enumerable.Range(0, 8).Select(_ => Task.Run(() => arena.InsertAsync(graph))).ToList();
            await Played.WaitingAsync(arena.Database, 8);
            await barrier.DropAsync();
            var runs = await Task.WhenAll(inserting);
            Arena.Require(runs.Select(run => run.Id).Distinct().Count() == 1, "all clients were given the same run");
            Arena.Require(runs.Count(run => !run.AlreadyExisted) == 1, "one of them made it");
            await Db.ExecuteAsync(arena.Database, "DROP TRIGGER IF EXISTS " + barrier.Name + " ON overseer.run");
        }

        var other = Graphs.Loose(4, key: "key-0");
        try
        {
            await arena.InsertAsync(other);
            throw new FaultException("Another graph was taken under a key that is taken.");
        }
        catch (JobConflictException conflict)
        {
            Arena.Require(conflict.Message.Contains("key-0", StringComparison.Ordinal), $"the error names the key; it says: {conflict.Message}");
        }

        await arena.StartWorkerAsync();
        await arena.WaitAsync();
    }

    private static async Task ManyRowsAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var jobs = 70_000;
        var run = await arena.InsertAsync(Graphs.Loose(jobs));
        var leases = await Played.ReserveAsync(arena.Store, jobs);
        Arena.Require(leases.Count == jobs, $"all {jobs} jobs were given away, not {leases.Count}");
        var answers = await arena.Store.EndAsync([.. leases.Select(lease => new Stores.JobEnding.Finish(lease, "0"))]);
        Arena.Require(answers.All(answer => answer.Accepted), "all were taken in one call");
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "the run finished");
    }

    private static async Task InstallAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        await Db.ExecuteAsync(arena.Database, "CREATE DATABASE fresh");
        var fresh = new NpgsqlConnectionStringBuilder(arena.Database) { Database = "fresh" }.ConnectionString;
        var workers = await arena.StartWorkersAsync(10, settings => settings with { Store = fresh, Concurrency = 1 });
        Arena.Require(await Db.CountAsync(fresh, "SELECT count(*) FROM overseer.schema_version") == 1, "one of them installed it");
        await using var store = arena.OpenStore(fresh);
        var run = await new OverseerClient(store, StepJob.Known()).TransactAsync(Graphs.Loose(50));
        await run.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "all of them started");
    }
}
