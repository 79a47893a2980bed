using Overseer.Stores;

namespace Overseer.Faults;

/// <summary>F38 to F42: jobs with several dependencies that end at the same time.</summary>
internal static class FanIns
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F38", "All dependencies of a job are finished by transactions that are held between the decrement and the commit", HeldAtCommitAsync),
        new("F39", "Jobs that share their dependents finish in opposite orders, in batches, among sixteen workers", OppositeOrdersAsync),
        new("F41", "A dependency fails while another one finishes, both held before the commit", FailBesideFinishAsync),
        new("F42", "A run is cancelled at a random moment of a storm of completions", CancelInStormAsync),
    ];

    // Each worker is played step by step in this process, so that every finish is a transaction of its own.
    private static async Task HeldAtCommitAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        foreach (var dependencies in new[] { 2, 3, 8, 64 })
        {
            var run = await arena.InsertAsync(Graphs.Join(dependencies));
            var leases = await Played.ReserveAsync(arena.Store, dependencies);
            await using var barrier = await Barrier.RaiseAsync(arena.Database, "overseer.job", "AFTER UPDATE", $"new.run = {run.Id.Number} AND new.status = 2");
            // Some wait at the barrier, the others for the locks of those that do: all of them began before any of them committed.
            var finishes = leases.Select(lease => Task.Run(() => arena.Store.EndAsync([new JobEnding.Finish(lease, "0")]))).ToList();
            await barrier.ReachedAsync();
            if (dependencies < 20) await Played.WaitingAsync(arena.Database, dependencies);
            await barrier.DropAsync();
            var answers = await Task.WhenAll(finishes);
            Arena.Require(answers.All(answer => answer[0].Accepted), $"all {dependencies} finishes were taken");
            var join = await Played.ReserveAsync(arena.Store, 10);
            Arena.Require(join.Count == 1, $"the job with {dependencies} dependencies was given away once, not {join.Count} times");
            await arena.Store.EndAsync([new JobEnding.Finish(join[0], "0")]);
        }
    }

    private static async Task OppositeOrdersAsync(Arena arena)
    {
        await arena.StartDatabaseAsync("-c deadlock_timeout=100ms");
        var (first, second) = arena.IsLong ? (500, 500) : (120, 120);
        await arena.InsertAsync(Graphs.Bipartite(first, second));
        var workers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ => await Played.RegisterAsync(arena.Store)));
        var random = arena.Random;
        var leases = await Played.ReserveAsync(arena.Store, first);
        var batches = leases.OrderBy(_ => random.Next()).Chunk(8).ToList();
        // A dependent in their middle is held until they wait: whoever comes to it from the other side holds what the others want next.
        await using var holder = await Db.OpenAsync(arena.Database);
        await using (var hold = new Npgsql.NpgsqlCommand($"BEGIN; SELECT FROM overseer.job WHERE run = 1 AND no = {first + (second / 2)} FOR UPDATE", holder)) await hold.ExecuteNonQueryAsync();
        // Sixteen at a time: each batch in an order of its own, all of them about the same dependents.
        var finishing = Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (batch, cancellationToken) =>
            await arena.Store.EndAsync([.. batch.Select(lease => new JobEnding.Finish(lease, "0"))], cancellationToken));
        await Played.WaitingAsync(arena.Database, Math.Min(batches.Count, 8));
        await using (var release = new Npgsql.NpgsqlCommand("COMMIT", holder)) await release.ExecuteNonQueryAsync();
        await finishing;
        var rest = await Played.ReserveAsync(arena.Store, second + 1);
        Arena.Require(rest.Count == second, $"all {second} dependents became ready, not {rest.Count}");
        await arena.Store.EndAsync([.. rest.Select(lease => new JobEnding.Finish(lease, "0"))]);
        foreach (var worker in workers) await arena.Store.RetireWorkerAsync(worker);
    }

    private static async Task FailBesideFinishAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        for (var round = 0; round < 4; round++)
        {
            var run = await arena.InsertAsync(Graphs.Join(3));
            var leases = await Played.ReserveAsync(arena.Store, 3);
            await using var barrier = await Barrier.RaiseAsync(arena.Database, "overseer.job", "AFTER UPDATE", $"new.run = {run.Id.Number} AND old.status = 1 AND new.status IN (2, 3)");
            JobEnding[] endings =
            [
                new JobEnding.Finish(leases[0], "0"), new JobEnding.Fail(leases[1], JobReason.Exception, new JobFailure("It was told to.")), new JobEnding.Finish(leases[2], "0"),
            ];
            // Which comes first to the barrier differs from round to round.
            var order = endings.OrderBy(_ => arena.Random.Next()).ToList();
            var begun = new List<Task<IReadOnlyList<EndAnswer>>>();
            foreach (var ending in order)
            {
                begun.Add(Task.Run(() => arena.Store.EndAsync([ending])));
                await Played.WaitingAsync(arena.Database, begun.Count);
            }

            await barrier.DropAsync();
            Arena.Require((await Task.WhenAll(begun)).All(answer => answer[0].Accepted), "all endings were taken");
            var join = (await arena.Store.ListJobsAsync(run.Id))[3];
            Arena.Require(join is { Status: JobStatus.Aborted, Reason: JobReason.DependencyFailed }, $"the dependent was aborted, once; it is {join.Status}");
        }
    }

    private static async Task CancelInStormAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        await arena.StartWorkersAsync(2, settings => settings with { Concurrency = 16 });
        for (var round = 0; round < (arena.IsLong ? 20 : 3); round++)
        {
            var run = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 40, width: arena.IsLong ? 250 : 40, longest: 4));
            var after = arena.Random.Next(1, 400);
            await Arena.UntilAsync($"{after} jobs finished", async () => (await run.GetAsync()) is var seen && (seen.Finished >= after || seen.Status != RunStatus.Active));
            await run.CancelAsync();
            // Nothing starts after the commit of the cancel.
            var seq = await Db.CountAsync(arena.Database, "SELECT max(seq) FROM test_log.transition");
            await arena.WaitAsync();
            var later = await Db.CountAsync(arena.Database, $"SELECT count(*) FROM test_log.transition WHERE seq > {seq} AND run = {run.Id.Number}");
            Arena.Require(later == 0, $"nothing of the run changed after it was cancelled, not {later} times");
        }
    }
}
