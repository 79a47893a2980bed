using System.Globalization;

namespace Overseer.Faults;

/// <summary>F61, F62: what grows with time.</summary>
internal static class Endurance
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F61", "Jobs come and go at a steady pace: the tables that hold what is waiting and held do not grow", BloatAsync) { IsLong = true },
        new("F62", "Many jobs that do nothing, and connections that come and go: the worker's memory, handles and threads do not grow", LeakAsync),
    ];

    private static async Task BloatAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        await arena.StartWorkersAsync(2, settings => settings with { Concurrency = 8 });
        var rounds = arena.IsLong ? 60 : 6;
        var sizes = new List<long>();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < 200; i++)
            {
                await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 3, width: 5, longest: 5));
                await Task.Delay(50);
            }

            await arena.WaitAsync();
            sizes.Add(await Db.CountAsync(arena.Database, "SELECT pg_total_relation_size('overseer.ready') + pg_total_relation_size('overseer.held') + pg_total_relation_size('overseer.worker')"));
            arena.Log($"after {(round + 1) * 3000} jobs: {sizes[^1] / 1024} KiB");
        }

        // They have found their size when a third of the time is over; a page more or less is none.
        var (settled, last) = (sizes[rounds / 3], sizes[^1]);
        Arena.Require(last <= (settled * 1.5) + (256 * 1024), $"the tables do not grow: {settled / 1024} KiB, then {last / 1024} KiB");
        Arena.Require(await Db.CountAsync(arena.Database, "SELECT (SELECT count(*) FROM overseer.ready) + (SELECT count(*) FROM overseer.held)") < 200, "nothing is left in them");
    }

    private static async Task LeakAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        var worker = await arena.StartWorkerAsync(settings => settings with { Store = proxy.Through(arena.Database), Concurrency = 8, LossLimit = 50 });
        var jobs = arena.IsLong ? 100_000 : 3_000;
        // Twice alike: the first time it warms up.
        var (before, after) = (await RunAsync(), await RunAsync());
        arena.Log($"heap {before[0] >> 10} KiB, then {after[0] >> 10}; threads {before[2]}, then {after[2]}; handles {before[3]}, then {after[3]}");
        Arena.Require(after[0] < before[0] + (8 << 20), $"the heap does not grow: {before[0] >> 10} KiB, then {after[0] >> 10} KiB");
        Arena.Require(after[2] < before[2] + 10, $"threads do not pile up: {before[2]}, then {after[2]}");
        Arena.Require(after[3] < before[3] + 20, $"handles do not pile up: {before[3]}, then {after[3]}");

        async Task<long[]> RunAsync()
        {
            for (var i = 0; i < 10; i++)
            {
                await arena.InsertAsync(Graphs.Loose(jobs / 10));
                for (var cut = 0; cut < (arena.IsLong ? 500 : 20); cut++)
                {
                    proxy.Cut();
                    await Task.Delay(5);
                }
            }

            await arena.WaitAsync(seconds: 300);
            var heard = worker.CountOf("stats");
            worker.Say("stats");
            var line = await worker.HearAsync("stats", heard + 1);
            return [.. line.Split(' ').Skip(1).Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        }
    }
}
