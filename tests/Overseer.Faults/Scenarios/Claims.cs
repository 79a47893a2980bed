using Overseer.Stores;

namespace Overseer.Faults;

/// <summary>F7b, F44, F45, F47d: what claims and sweeps do side by side.</summary>
internal static class Claims
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F7b", "A sweep that found a lost job goes on after another one took it back and a live worker runs it", TwoSweepsAsync),
        new("F44", "Many workers claim from one queue at once, with statistics that are wrong on purpose", ClaimsAsync),
        new("F45", "Jobs of a dead worker are taken back though ten thousand of a live one come first", ManyHeldAsync),
    ];

    private static async Task TwoSweepsAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        // Two runs, since whoever takes jobs back locks their runs in order: the first one is where the slow sweep is held.
        await arena.InsertAsync(Graphs.One());
        await arena.InsertAsync(Graphs.One());
        var gone = await Played.ReserveAsync(arena.Store, 2);
        await Db.ExecuteAsync(arena.Database, "DELETE FROM overseer.worker");
        await using var holder = await Db.OpenAsync(arena.Database);
        await using (var hold = new Npgsql.NpgsqlCommand("BEGIN; SELECT FROM overseer.run WHERE id = 1 FOR UPDATE", holder)) await hold.ExecuteNonQueryAsync();
        await using var slowStore = arena.OpenStore(arena.Database);
        var slow = Task.Run(() => slowStore.SweepAsync(lossLimit: 3, page: 100));
        await Played.WaitingAsync(arena.Database, 1);
        // The lease of the first was not taken back yet, so its finish counts; then nothing holds the quick sweep up.
        Arena.Require((await arena.Store.EndAsync([new JobEnding.Finish(gone[0], "0")]))[0].Accepted, "a finish before the sweep is taken");
        await using var quickStore = arena.OpenStore(arena.Database);
        var quick = await quickStore.SweepAsync(lossLimit: 3, page: 100);
        Arena.Require(quick.Jobs.Count == 1, $"the quick sweep took the other job back, not {quick.Jobs.Count} jobs");
        var alive = await Played.RegisterAsync(arena.Store);
        var taken = await Played.ReserveAsync(arena.Store, alive, 1);
        Arena.Require(taken.Count == 1, "a live worker has it now");
        await using (var release = new Npgsql.NpgsqlCommand("COMMIT", holder)) await release.ExecuteNonQueryAsync();
        var late = await slow;
        Arena.Require(late.Jobs.Count == 0, $"the slow sweep took nothing, not {late.Jobs.Count} jobs");
        Arena.Require((await arena.Store.EndAsync([new JobEnding.Finish(taken[0].Lease, "0")]))[0].Accepted, "the live worker finishes it");
    }

    private static async Task ClaimsAsync(Arena arena)
    {
        await arena.StartDatabaseAsync("-c autovacuum=off");
        await Db.ExecuteAsync(arena.Database, "ANALYZE");
        for (var i = 0; i < 4; i++) await arena.InsertAsync(Graphs.Loose(400));
        // The planner believes in a queue of a few rows, or of none.
        await Db.ExecuteAsync(arena.Database, "UPDATE pg_class SET reltuples = 3, relpages = 1 WHERE oid IN ('overseer.ready'::regclass, 'overseer.job'::regclass)");
        var sizes = new int[8];
        await Task.WhenAll(Enumerable.Range(0, sizes.Length).Select(i => Task.Run(async () =>
        {
            var worker = await Played.RegisterAsync(arena.Store);
            while (true)
            {
                var claimed = await arena.Store.ReserveAsync(new ReserveRequest(worker, [new ReserveType(StepJob.Type, [])], 3 + i));
                Arena.Require(claimed.Count <= 3 + i, $"a claim of {3 + i} brings no more than that, not {claimed.Count}");
                if (claimed.Count == 0) break;
                sizes[i] += claimed.Count;
                await arena.Store.EndAsync([.. claimed.Select(job => new JobEnding.Finish(job.Lease, "0"))]);
            }
        })));
        // One that met only locked rows may have given up early; nothing is left behind.
        var left = await Played.ReserveAsync(arena.Store, 1600);
        await arena.Store.EndAsync([.. left.Select(lease => new JobEnding.Finish(lease, "0"))]);
        Arena.Require(sizes.Sum() + left.Count == 1600, $"each of the 1600 jobs was given away once, not {sizes.Sum() + left.Count}");
    }

    private static async Task ManyHeldAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var jobs = arena.IsLong ? 10_000 : 3_000;
        await arena.InsertAsync(Graphs.Loose(jobs));
        var alive = await Played.RegisterAsync(arena.Store);
        var held = await Played.ReserveAsync(arena.Store, alive, jobs);
        Arena.Require(held.Count == jobs, $"the live worker holds {jobs} jobs, not {held.Count}");
        await arena.InsertAsync(Graphs.Loose(5));
        var dead = await Played.RegisterAsync(arena.Store);
        var lost = await Played.ReserveAsync(arena.Store, dead, 5);
        await Db.ExecuteAsync(arena.Database, $"UPDATE overseer.worker SET beat_at = beat_at - interval '1 day' WHERE id = '{dead.Value}'");
        var swept = await arena.Store.SweepAsync(lossLimit: 3, page: 2);
        Arena.Require(swept is { DeadWorkers: 1, Jobs.Count: 2, HasMore: true }, $"the first page brought two of the five jobs back, not {swept.Jobs.Count}");
        swept = await arena.Store.SweepAsync(lossLimit: 3, page: 100);
        Arena.Require(swept.Jobs.Count == 3, $"the next page brought the other three back, not {swept.Jobs.Count}");
        // One job with losses at a time.
        for (var i = 0; i < 5; i++)
        {
            var again = await Played.ReserveAsync(arena.Store, 1);
            Arena.Require(again.Count == 1 && lost.Any(job => job.Lease.Job == again[0].Job), "the lost jobs are given away again, one at a time");
            await arena.Store.EndAsync([new JobEnding.Finish(again[0], "0")]);
        }

        await arena.Store.EndAsync([.. held.Select(job => new JobEnding.Finish(job.Lease, "0"))]);
    }
}
