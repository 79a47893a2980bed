namespace Overseer.Faults;

/// <summary>F15, F17, F19, F20: a database that goes away, and connections that are lost around a commit.</summary>
internal static class LostAnswers
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F15", "The database crashes again and again, and comes back", CrashesAsync),
        new("F17", "Connections are ended by the database, five times a second", EndedAsync),
        new("F19", "The answer to the commit of a finish is lost", arena => LostAsync(arena, proxy => proxy.DropAnswers(1), runs: 1)),
        new("F19b", "Of all connections' requests and answers one in fifty is lost", arena => CutAsync(arena, 0.02)),
        new("F20", "The request of a finish is lost", arena => LostAsync(arena, proxy => proxy.DropRequests(1), runs: 1)),
    ];

    private static async Task CrashesAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var workers = await arena.StartWorkersAsync(3);
        var inserting = InsertAsync(arena, runs: arena.IsLong ? 200 : 20);
        for (var i = 0; i < (arena.IsLong ? 20 : 3); i++)
        {
            await workers[0].HearAsync("start", workers[0].CountOf("start") + 10);
            await arena.FaultAsync("crash", arena.Cluster.CrashAsync);
        }

        await inserting;
        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
    }

    // A client that inserts again what it was not answered about, under the same key.
    private static async Task InsertAsync(Arena arena, int runs)
    {
        for (var i = 0; i < runs; i++)
        {
            var graph = Graphs.Layers(arena.Random, layers: 4, width: 8, longest: 40, key: $"run-{i}");
            await arena.InsertUntilAnsweredAsync(graph);
            await Task.Delay(50);
        }
    }

    private static async Task EndedAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        for (var i = 0; i < 4; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 8, width: 15, longest: 60));
        var workers = await arena.StartWorkersAsync(3);
        await arena.FaultAsync("ended connections", async () =>
        {
            for (var i = 0; i < 15; i++)
            {
                await arena.InsertUntilAnsweredAsync(Graphs.Layers(arena.Random, layers: 8, width: 6, longest: 60, key: $"run-{i}"));
                await Db.ExecuteAsync(arena.Database, "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE application_name <> 'test' AND backend_type = 'client backend' ORDER BY random() LIMIT 3) AS t");
                await Task.Delay(200);
            }
        });
        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
    }

    private static async Task LostAsync(Arena arena, Action<Proxy> lose, int runs)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        var run = await arena.InsertAsync(Graphs.Chain(2));
        // A minute between two beats, so that only the finish can be what is lost.
        var worker = await arena.StartWorkerAsync(settings => settings with { Store = proxy.Through(arena.Database), Breaks = ["ending"], BeatMilliseconds = 60_000, PollMilliseconds = 60_000, IdleMilliseconds = 60_000 });
        await worker.HearAsync("at ending");
        lose(proxy);
        worker.Say("lift ending");
        await arena.WaitAsync();
        Arena.Require(proxy is { AnswersToDrop: <= 0, RequestsToDrop: <= 0 } && proxy.Cuts > 0, "something was lost");
        Arena.Require(arena.History().Count(entry => entry.Op == "start") == 2 * runs, "each handler ran once");
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "the run finished");
    }

    private static async Task CutAsync(Arena arena, double chance)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        for (var i = 0; i < 4; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 8, width: 15, longest: 40));
        proxy.CutChance = chance;
        await using var store = arena.OpenStore(proxy.Through(arena.Database));
        var client = new OverseerClient(store, StepJob.Known());
        var workers = await arena.StartWorkersAsync(3, settings => settings with { Store = proxy.Through(arena.Database), LossLimit = 20 });
        for (var i = 0; i < 20; i++)
        {
            var graph = Graphs.Layers(arena.Random, layers: 3, width: 5, longest: 20, key: $"cut-{i}");
            await arena.InsertUntilAnsweredAsync(graph, client);
        }

        await arena.WaitAsync();
        Arena.Require(proxy.Cuts > 10, "connections were cut");
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
    }
}
