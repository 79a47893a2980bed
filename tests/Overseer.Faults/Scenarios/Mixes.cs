using System.Collections.Concurrent;

namespace Overseer.Faults;

/// <summary>Everything at once.</summary>
internal static class Mixes
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("mix", "Workers are killed, the database crashes, connections are cut: 1,500 jobs in random graphs all finish", arena => MixAsync(arena, jobs: 1_500, longest: 60, killEvery: 2, crashEvery: 6)),
        new("mix20000", "The same for 20,000 jobs: a kill every 5 s, a crash every 20 s, half of the connections through a proxy that cuts", arena => MixAsync(arena, jobs: 20_000, longest: 300, killEvery: 5, crashEvery: 20)) { IsLong = true },
    ];

    private static async Task MixAsync(Arena arena, int jobs, int longest, int killEvery, int crashEvery)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        var (workers, isOver) = (new ConcurrentDictionary<int, WorkerProcess>(), false);
        foreach (var i in Enumerable.Range(0, 3)) workers[i] = Start(i);
        proxy.CutChance = 0.002;
        var inserting = InsertAsync(arena, proxy, jobs, longest);
        var killing = Task.Run(async () =>
        {
            for (var kill = 0; !isOver; kill++)
            {
                await Task.Delay(TimeSpan.FromSeconds(killEvery));
                if (isOver) return;
                var victim = kill % 3;
                await arena.FaultAsync($"kill of worker {victim + 1}", workers[victim].KillAsync);
                workers[victim] = Start(victim);
            }
        });
        var crashing = Task.Run(async () =>
        {
            while (!isOver)
            {
                await Task.Delay(TimeSpan.FromSeconds(crashEvery));
                if (!isOver) await arena.FaultAsync("crash of the database", arena.Cluster.CrashAsync);
            }
        });
        try
        {
            await inserting;
            await arena.WaitAsync(seconds: 600);
        }
        finally
        {
            isOver = true;
            await Task.WhenAll(killing, crashing);
        }

        Arena.Require(proxy.Cuts > 0, "connections were cut");
        Arena.Require(workers.Values.All(worker => !worker.HasExited), "no worker ended by itself");
        Arena.Require(await Db.CountAsync(arena.Database, "SELECT count(*) FROM overseer.job_view WHERE status = 'finished'") >= jobs, "all jobs finished");
        Arena.Require(await Db.CountAsync(arena.Database, "SELECT count(*) FROM overseer.run_view WHERE status <> 'finished'") == 0, "all runs finished");
        arena.Log($"{arena.Faults.Count} faults, {proxy.Cuts} cut connections");

        // Every other worker that is started goes through the proxy.
        WorkerProcess Start(int place) => arena.StartWorker(settings => settings with
        {
            Store = (place + arena.Workers.Count) % 2 == 0 ? arena.Database : proxy.Through(arena.Database),
            Concurrency = 8,
            Tolerance = 20,
            LossLimit = 5,
        });
    }

    private static async Task InsertAsync(Arena arena, Proxy proxy, int jobs, int longest)
    {
        await using var cut = arena.OpenStore(proxy.Through(arena.Database));
        IOverseerClient[] clients = [arena.Client, new OverseerClient(cut, StepJob.Known())];
        for (var (inserted, i) = (0, 0); inserted < jobs; i++)
        {
            var graph = Graphs.Layers(arena.Random, layers: arena.Random.Next(1, 12), width: arena.Random.Next(1, 30), longest: arena.Random.Next(1, longest), key: $"mix-{i}");
            inserted += graph.Jobs.Length;
            await arena.InsertUntilAnsweredAsync(graph, clients[i % 2]);
        }
    }
}
