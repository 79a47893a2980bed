using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>The same random history in both stores: they must agree on all that can be seen, and every count must be what a recount gives.</summary>
public sealed class StoreModelTests
{
    private static readonly Gen<StoreAction> Action = Gen.Frequency(
        (3, Gen.Select(Gen.Int[1, 8], Gen.Int[0, 1_000_000], Gen.Int[1, 2], Gen.Int[0, 20]).Select(StoreAction (all) => new StoreAction.Insert(all.Item1, all.Item2, all.Item3, all.Item4))),
        (2, Gen.Int[5, 20].Select(StoreAction (seconds) => new StoreAction.StartWorker(seconds))),
        (9, Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[1, 7]).Select(StoreAction (all) => new StoreAction.Reserve(all.Item1, all.Item2, all.Item3, all.Item4))),
        (9, Gen.Select(Gen.Int[0, 12], Gen.Int[1, 4], Gen.Int[0, 9]).Select(StoreAction (all) => new StoreAction.EndJobs(all.Item1, all.Item2, all.Item3))),
        (3, Gen.Int[0, 5].Select(StoreAction (worker) => new StoreAction.Beat(worker))),
        (1, Gen.Int[0, 5].Select(StoreAction (worker) => new StoreAction.Retire(worker))),
        (5, Gen.Int[1, 12].Select(StoreAction (seconds) => new StoreAction.Pass(seconds))),
        (3, Gen.Select(Gen.Int[1, 3], Gen.Int[1, 4]).Select(StoreAction (all) => new StoreAction.Sweep(all.Item1, all.Item2))),
        (1, Gen.Int[0, 9].Select(StoreAction (run) => new StoreAction.CancelRun(run))),
        (2, Gen.Select(Gen.Int[0, 9], Gen.Int[0, 8]).Select(StoreAction (all) => new StoreAction.CancelJob(all.Item1, all.Item2))),
        (2, Gen.Int[0, 9].Select(StoreAction (run) => new StoreAction.RetryFailed(run))));

    private static readonly int Histories = Environment.GetEnvironmentVariable("OVERSEER_SOAK") == "1" ? 5000 : 60;

    // Each names what is counted wrongly; no row is what they must give.
    private const string Miscounts = """
        SELECT 'waiting of ' || j.run || '-' || j.no FROM job AS j WHERE j.waiting <>
          (SELECT count(*) FROM edge AS e JOIN job AS d ON d.run = e.run AND d.no = e.dep WHERE e.run = j.run AND e.no = j.no AND d.status <> 2)
        UNION ALL
        SELECT 'closed of ' || j.run || '-' || j.no FROM job AS j WHERE j.closed <>
          (SELECT count(*) FROM edge AS e JOIN job AS d ON d.run = e.run AND d.no = e.dep WHERE e.run = j.run AND e.no = j.no AND d.status IN (3, 4))
        UNION ALL
        SELECT 'an open job behind a closed dependency: ' || j.run || '-' || j.no FROM job AS j WHERE j.closed > 0 AND j.status IN (0, 1)
        UNION ALL
        SELECT 'a started job that waits: ' || j.run || '-' || j.no FROM job AS j WHERE j.waiting > 0 AND j.status IN (1, 2)
        UNION ALL
        SELECT 'closed without a closed cause: ' || j.run || '-' || j.no FROM job AS j WHERE j.reason IN (11, 12) AND NOT EXISTS
          (SELECT 1 FROM job AS d WHERE d.run = j.run AND d.no = j.cause AND d.status IN (3, 4))
        UNION ALL
        SELECT 'counts of run ' || r.id FROM run AS r WHERE (r.jobs, r.finished, r.failed, r.aborted, r.aborted_aloud) <>
          (SELECT count(*), sum(j.status = 2), sum(j.status = 3), sum(j.status = 4), sum(j.reason IN (7, 9) AND j.status = 4) FROM job AS j WHERE j.run = r.id)
        UNION ALL
        SELECT 'end of run ' || r.id FROM run AS r WHERE (r.finished_at IS NULL) <> (r.finished + r.failed + r.aborted < r.jobs)
        UNION ALL
        SELECT 'two jobs with losses at ' || j.worker FROM job AS j WHERE j.status = 1 AND j.losses > 0 GROUP BY j.worker HAVING count(*) > 1
        UNION ALL
        SELECT 'more than one failure, or one without need: ' || f.run || '-' || f.no FROM job_failure AS f
          JOIN job AS j ON j.run = f.run AND j.no = f.no WHERE j.status = 2 OR j.reason IN (9, 11, 12)
        UNION ALL
        SELECT 'integrity: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
        """;

    [Fact]
    public async Task Both_stores_give_the_same_answers_and_count_rightly() =>
        await Action.Array[10, 60].SampleAsync(AgreeAsync, iter: Histories, print: actions => string.Join("\n", actions.Select(action => action.ToString())));

    private static async Task AgreeAsync(StoreAction[] actions)
    {
        using var folder = new TestFolder();
        var file = folder.File("model.db");
        var (clock, twinClock) = (NewClock(), NewClock());
        await using var store = new SqliteJobStore(file, options: null, clock);
        await using var twinStore = new InMemoryJobStore(twinClock);
        await store.InstallAsync();
        var (history, twin) = (new StoreHistory(store, clock), new StoreHistory(twinStore, twinClock));
        StoreAction[] all = [new StoreAction.StartWorker(20), new StoreAction.StartWorker(20), new StoreAction.Insert(7, 90_001, 2, 9), .. actions];
        for (var step = 0; step < all.Length; step++)
        {
            Assert.Equal(await twin.DoAsync(all[step], step), await history.DoAsync(all[step], step));
            Assert.Equal(await twin.DescribeAsync(), await history.DescribeAsync());
        }

        Assert.Empty(TestFolder.Query(file, Miscounts).Select(row => row[0]));
    }

    private static FakeTimeProvider NewClock() => new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero));
}
