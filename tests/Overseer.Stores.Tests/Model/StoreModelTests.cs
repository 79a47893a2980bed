using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Overseer.Model;
using Xunit;
using Xunit.Sdk;

namespace Overseer.Stores.Tests;

/// <summary>The same random history in the model and in a store: they must agree on all that can be seen, and every count must be what a recount gives.</summary>
public sealed class StoreModelTests(PostgresServers servers)
{
    private static readonly Gen<StoreAction> Action = Gen.Frequency(
        (3, Gen.Select(Gen.Int[1, 8], Gen.Int[0, 1_000_000], Gen.Int[1, 2], Gen.Int[0, 20]).Select(StoreAction (all) => new StoreAction.Insert(all.Item1, all.Item2, all.Item3, all.Item4))),
        (2, Gen.Int[5, 20].Select(StoreAction (seconds) => new StoreAction.StartWorker(seconds))),
        (9, Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[1, 7]).Select(StoreAction (all) => new StoreAction.Reserve(all.Item1, all.Item2, all.Item3, all.Item4))),
        (9, Gen.Select(Gen.Int[0, 12], Gen.Int[1, 4], Gen.Int[0, 9]).Select(StoreAction (all) => new StoreAction.EndJobs(all.Item1, all.Item2, all.Item3))),
        (5, Gen.Select(Gen.Int[0, 12], Gen.Int[1, 4], Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[1, 7]).Select(
            StoreAction (all) => new StoreAction.EndAndReserve(all.Item1, all.Item2, all.Item3, all.Item4, all.Item5, all.Item6))),
        (1, Gen.Select(Gen.Int[1, 3], Gen.Int[1, 5], Gen.Int[0, 1_000_000], Gen.Int[0, 20]).Select(StoreAction (all) => new StoreAction.InsertMany(all.Item1, all.Item2, all.Item3, all.Item4))),
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

    private const string MiscountsInPostgres = """
        SELECT 'waiting of ' || j.run || '-' || j.no FROM overseer.job AS j WHERE j.waiting <>
          (SELECT count(*) FROM overseer.edge AS e JOIN overseer.job AS d ON d.run = e.run AND d.no = e.dep WHERE e.run = j.run AND e.no = j.no AND d.status <> 2)
        UNION ALL
        SELECT 'closed of ' || j.run || '-' || j.no FROM overseer.job AS j WHERE j.closed <>
          (SELECT count(*) FROM overseer.edge AS e JOIN overseer.job AS d ON d.run = e.run AND d.no = e.dep WHERE e.run = j.run AND e.no = j.no AND d.status IN (3, 4))
        UNION ALL
        SELECT 'dependents of ' || j.run || '-' || j.no FROM overseer.job AS j WHERE j.dependents <> (SELECT count(*) FROM overseer.edge AS e WHERE e.run = j.run AND e.dep = j.no)
        UNION ALL
        SELECT 'an open job behind a closed dependency: ' || j.run || '-' || j.no FROM overseer.job AS j WHERE j.closed > 0 AND j.status IN (0, 1)
        UNION ALL
        SELECT 'a started job that waits: ' || j.run || '-' || j.no FROM overseer.job AS j WHERE j.waiting > 0 AND j.status IN (1, 2)
        UNION ALL
        SELECT 'closed without a closed cause: ' || j.run || '-' || j.no FROM overseer.job AS j WHERE j.reason IN (11, 12) AND NOT EXISTS
          (SELECT FROM overseer.job AS d WHERE d.run = j.run AND d.no = j.cause AND d.status IN (3, 4))
        UNION ALL
        SELECT 'not among the ready: ' || j.run || '-' || j.no FROM overseer.job AS j WHERE j.status = 0 AND j.waiting = 0 AND 1 <>
          (SELECT count(*) FROM overseer.ready AS r WHERE r.run = j.run AND r.no = j.no AND r.type = j.type AND r.due = j.run_at AND r.is_suspect = (j.losses > 0))
        UNION ALL
        SELECT 'among the ready: ' || r.run || '-' || r.no FROM overseer.ready AS r WHERE NOT EXISTS
          (SELECT FROM overseer.job AS j WHERE j.run = r.run AND j.no = r.no AND j.status = 0 AND j.waiting = 0)
        UNION ALL
        SELECT 'not among the held: ' || j.run || '-' || j.no FROM overseer.job AS j WHERE j.status = 1 AND NOT EXISTS
          (SELECT FROM overseer.held AS h CROSS JOIN LATERAL unnest(h.runs, h.nos) AS u (run, no) WHERE h.worker = j.worker AND u.run = j.run AND u.no = j.no)
        UNION ALL
        SELECT 'counts of run ' || v.id FROM overseer.run_view AS v JOIN
          (SELECT run, count(*) AS jobs, count(*) FILTER (WHERE status = 2) AS finished, count(*) FILTER (WHERE status = 3) AS failed, count(*) FILTER (WHERE status = 4) AS aborted
           FROM overseer.job GROUP BY run) AS j ON j.run = v.id
          WHERE (v.jobs, v.finished, v.failed, v.aborted) <> (j.jobs, j.finished, j.failed, j.aborted)
        UNION ALL
        SELECT 'two jobs with losses at ' || j.worker FROM overseer.job AS j WHERE j.status = 1 AND j.losses > 0 GROUP BY j.worker HAVING count(*) > 1
        UNION ALL
        SELECT 'more than one failure, or one without need: ' || f.run || '-' || f.no FROM overseer.job_failure AS f
          JOIN overseer.job AS j ON j.run = f.run AND j.no = f.no WHERE j.status = 2 OR j.reason IN (9, 11, 12)
        UNION ALL
        SELECT 'left to release: ' || p.run FROM overseer.propagation AS p
        """;

    [Fact]
    public async Task The_store_in_memory_gives_the_same_answers_as_the_model() => await Action.Array[10, 60].SampleAsync(
        async actions =>
        {
            await using var store = new InMemoryJobStore(Clock(out var clock));
            await AgreeAsync(actions, store, clock);
        },
        iter: Histories * 10, print: Print);

    [Fact]
    public async Task Sqlite_gives_the_same_answers_as_the_model_and_counts_rightly() =>
        await Action.Array[10, 60].SampleAsync(AgreeWithSqliteAsync, iter: Histories, print: Print);

    [Fact]
    public async Task Postgres_gives_the_same_answers_as_the_model_and_counts_rightly()
    {
        var server = await servers.OldestAsync();
        var database = await server.CreateDatabaseAsync();
        await ClockedStore.PrepareAsync(database);
        try
        {
            await Action.Array[10, 60].SampleAsync(
                async actions =>
                {
                    await PostgresServer.ExecuteAsync(database, "DROP SCHEMA IF EXISTS overseer CASCADE");
                    await using var store = new ClockedStore(database, new PostgresStoreOptions { Listen = false }, Clock(out var clock));
                    await AgreeAsync(actions, store, clock);
                    Assert.Empty((await PostgresServer.QueryAsync(database, MiscountsInPostgres)).Select(row => row[0]));
                },
                iter: Histories / 3, threads: 1, print: Print);
        }
        finally
        {
            await server.DropDatabaseAsync(database);
        }
    }

    // The flaws that show only between the steps of a verb are left to the simulation.
    public static TheoryData<Flaw> EachFlaw => [.. Enum.GetValues<Flaw>().Except([Flaw.None, Flaw.SweepsOldList, Flaw.CountsOldRead, Flaw.InsertsHalf])];

    [Theory]
    [MemberData(nameof(EachFlaw))]
    public async Task A_store_that_leaves_out_a_rule_gives_other_answers(Flaw flaw)
    {
        var random = new PCG(1, 1);
        for (var history = 0; history < 1000; history++)
        {
            var actions = Action.Array[10, 60].Generate(random, null, out _);
            await using var store = new ModelStore(Clock(out var clock), flaw);
            try
            {
                await AgreeAsync(actions, store, clock);
            }
            catch (XunitException)
            {
                return;
            }
        }

        Assert.Fail("A thousand histories, and all the same answers.");
    }

    private static string Print(StoreAction[] actions) => string.Join("\n", actions.Select(action => action.ToString()));

    private static async Task AgreeWithSqliteAsync(StoreAction[] actions)
    {
        using var folder = new TestFolder();
        var file = folder.File("model.db");
        await using var store = new SqliteJobStore(file, options: null, Clock(out var clock));
        await AgreeAsync(actions, store, clock);
        Assert.Empty(TestFolder.Query(file, Miscounts).Select(row => row[0]));
    }

    private static async Task AgreeAsync(StoreAction[] actions, IJobStore store, FakeTimeProvider clock)
    {
        await using var model = new ModelStore(Clock(out var modelClock));
        await store.InstallAsync();
        var (history, told) = (new StoreHistory(store, clock), new StoreHistory(model, modelClock));
        StoreAction[] all = [new StoreAction.StartWorker(20), new StoreAction.StartWorker(20), new StoreAction.Insert(7, 90_001, 2, 9), .. actions];
        for (var step = 0; step < all.Length; step++)
        {
            var (expected, actual) = (await told.DoAsync(all[step], step), await history.DoAsync(all[step], step));
            Assert.True(expected == actual, $"Step {step}, {all[step]}, is answered by\n{expected}\nand by\n{actual}");
            (expected, actual) = (await told.DescribeAsync(), await history.DescribeAsync());
            Assert.True(expected == actual, $"Step {step}, {all[step]}, leaves\n{expected}\nand\n{actual}");
            // Each sweep of a history has a limit of its own; three is the highest.
            Assert.Null(Invariants.FindBreach(model.State, lossLimit: 4));
        }
    }

    private static FakeTimeProvider Clock(out FakeTimeProvider clock) => clock = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero));
}
