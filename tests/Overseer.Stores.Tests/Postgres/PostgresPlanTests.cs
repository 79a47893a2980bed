using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Transactions;
using Npgsql;
using Overseer.Postgres.Sql;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>How the server runs what workers ask all the time, among a million jobs: by index, or where it was told to look.</summary>
public sealed partial class PostgresPlanTests(PostgresServers servers) : PostgresTests(servers)
{
    private const string Fill = """
        INSERT INTO overseer.job_type (name) SELECT 'type' || g FROM generate_series(1, 5) AS g;
        INSERT INTO overseer.graph (name, version) VALUES ('Test', 'x');
        INSERT INTO overseer.worker (id, label, lease_time, beat_at) SELECT gen_random_uuid(), 'w', '1 hour', now() FROM generate_series(1, 20);
        INSERT INTO overseer.run (id, created_at, graph, jobs) SELECT g, now(), 1, 10 FROM generate_series(1, 100000) AS g;
        INSERT INTO overseer.job (run, run_at, no, type, waiting, dependents, max_attempts, is_only, status, finished_at)
        SELECT g, now(), n, 1 + n % 5, 0, CASE WHEN n < 9 THEN 1 ELSE 0 END, 1, false, CASE WHEN g % 20 = 0 THEN 0 ELSE 2 END, CASE WHEN g % 20 = 0 THEN NULL ELSE now() END
        FROM generate_series(1, 100000) AS g, generate_series(0, 9) AS n;
        INSERT INTO overseer.edge SELECT g, n, n + 1 FROM generate_series(1, 100000) AS g, generate_series(0, 8) AS n;
        INSERT INTO overseer.ready SELECT run_at, run, no, type, false FROM overseer.job WHERE status = 0;
        INSERT INTO overseer.held (worker, batch, runs, nos) SELECT 1, g, ARRAY[g * 20], ARRAY[g % 10] FROM generate_series(1, 1000) AS g;
        INSERT INTO overseer.run_count SELECT g, g % 8, 10, (g % 500 = 0)::int, 0, 0, now() FROM generate_series(1, 100000) AS g;
        INSERT INTO overseer.job_args (run, slot, json) SELECT g, n, '{}' FROM generate_series(1, 50000) AS g, generate_series(1, 2) AS n;
        INSERT INTO overseer.job_name (run, no, id) SELECT g, n, gen_random_uuid() FROM generate_series(1, 50000) AS g, generate_series(0, 1) AS n;
        INSERT INTO overseer.job_failure (run, no, message) SELECT g, 3, 'x' FROM generate_series(1, 50000) AS g;
        INSERT INTO overseer.job_result (run, no, json) SELECT g, n, '1' FROM generate_series(1, 50000) AS g, generate_series(0, 1) AS n;
        ANALYZE
        """;

    private const string Short = "INSERT INTO overseer.ready SELECT '2000-01-01'::timestamptz + g * interval '1 s', g, 0, 1, false FROM generate_series(1, 40) AS g";

    private const string Long = "INSERT INTO overseer.ready SELECT '2000-01-01'::timestamptz + g * interval '1 s', g, 1, 1, false FROM generate_series(1, 40000) AS g";

    private const string Golden = """
        a run
          Index Scan using run_pkey on run r
          Index Scan using run_count_pkey on run_count k
          Index Scan using job_pkey on job j
        a run by its key
          Index Scan using run_key on run r
          Index Scan using run_count_pkey on run_count k
          Index Scan using job_pkey on job j
        a job by its id
          Index Scan using job_name_pkey on job_name
        jobs by their places
          Index Scan using job_pkey on job j
          Index Scan using run_pkey on run r
          Index Scan using job_name_run_no_key on job_name n
          Index Scan using job_args_pkey on job_args a
          Index Scan using job_result_pkey on job_result t
          Index Scan using job_failure_pkey on job_failure f
          Index Scan using job_pkey on job c
          Index Scan using job_name_run_no_key on job_name cn
        the jobs of a run
          Index Scan using job_pkey on job j
        all jobs
          Index Scan Backward using job_pkey on job j
        started jobs
          Index Scan using job_pkey on job j
        failed jobs
          Index Only Scan Backward using run_count_bad on run_count c
          Index Scan using job_pkey on job j
        all runs
          Index Only Scan Backward using run_pkey on run r_1
          Index Scan using run_pkey on run r
          Index Scan using run_count_pkey on run_count k
          Index Scan using job_pkey on job j
        failed runs
          Index Only Scan Backward using run_count_bad on run_count c_1
          Index Scan using run_pkey on run r
          Index Scan using run_count_pkey on run_count k
          Index Scan using job_pkey on job j
        the backlog
          Seq Scan on ready
          Index Scan using job_pkey on job j
        a run's types
          Index Scan using job_pkey on job
        why a job does not run
          Index Scan using job_pkey on job j
          Index Only Scan using ready_calm on ready r
          Index Only Scan using edge_pkey on edge e
        what a job waits for
          Index Scan using edge_by_dependent on edge e
          Index Scan using job_pkey on job d

        """;

    // The first claims are planned before anything was counted, and a queue grows and shrinks faster than it is counted.
    [Theory]
    [InlineData("never counted")]
    [InlineData("counted when it was short", Short, "ANALYZE", Long)]
    [InlineData("never counted and long", Long)]
    [InlineData("counted when it was long", Long, "ANALYZE")]
    [InlineData("counted when it was very long", Long, "INSERT INTO overseer.ready SELECT due, run, g, 1, false FROM overseer.ready, generate_series(1, 9) AS g", "ANALYZE")]
    [InlineData("counted when it was empty", Short, "DELETE FROM overseer.ready", "VACUUM ANALYZE", Long)]
    public async Task A_claim_walks_the_queue_in_its_order_whatever_is_known_of_it(string known, params string[] steps)
    {
        await using var store = await InstalledAsync();
        await ExecuteAsync("ALTER TABLE overseer.ready SET (autovacuum_enabled = false)");
        foreach (var step in steps) await ExecuteAsync(step);

        await WalksTheQueueAsync(known);
    }

    // What nobody may remove yet fills many pages, in which next to nothing is said to be.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_claim_walks_the_queue_in_its_order_while_an_old_snapshot_keeps_what_is_dead(int alive)
    {
        await using var store = await InstalledAsync();
        await ExecuteAsync("ALTER TABLE overseer.ready SET (autovacuum_enabled = false)");
        await using var snapshot = await HoldAsync("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT FROM overseer.ready");
        await ExecuteAsync(Long);
        await ExecuteAsync("DELETE FROM overseer.ready");
        await ExecuteAsync($"INSERT INTO overseer.ready SELECT now(), 1000000 + g, 0, 1, false FROM generate_series(1, {alive}) AS g");
        await ExecuteAsync("VACUUM ANALYZE overseer.ready");

        await WalksTheQueueAsync($"{alive} of 40,000 alive");
    }

    private async Task WalksTheQueueAsync(string known)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        foreach (var mode in new[] { "force_custom_plan", "force_generic_plan" })
            foreach (var types in new[] { "{1}", "{1,2,3}" })
                foreach (var limit in new[] { 1, 500 })
                {
                    Walks(await PlanAsync(
                        connection, mode, ReserveSql.Claim, $"1, '{types}', {limit}, '2000-01-01', 1, 'infinity', 0, 0, true, '{{}}', '{{}}', 0, 0, true", byIndex: true), $"{mode}, {types}, limit {limit}");
                    Walks(await PlanAsync(connection, mode, ReserveSql.Wake, $"1, '{types}', {limit}, '2000-01-01', 1", byIndex: true), $"woken, {mode}, {types}, limit {limit}");
                }

        void Walks(IReadOnlyList<string> plan, string what) => Assert.True(
            !plan.Any(line => line.Contains("Scan on ready", StringComparison.Ordinal) && !line.Contains("Tid Scan", StringComparison.Ordinal))
            && !plan.Zip(plan.Skip(1)).Any(pair => pair.First.Contains("LockRows", StringComparison.Ordinal) && pair.Second.Contains("Sort", StringComparison.Ordinal)),
            $"{known}, {what}:\n{string.Join('\n', plan)}");
    }

    // The settings are the transaction's, so each statement has to be asked with them, and no test of one statement's plan sees whether it is.
    [Fact]
    public async Task A_worker_that_began_with_empty_tables_never_reads_one_from_end_to_end()
    {
        await using (var installed = await InstalledAsync())
        {
            await installed.InsertAsync(JobGraph.Of(new Job("a")));
        }

        await ExecuteAsync("TRUNCATE overseer.run, overseer.run_count, overseer.job, overseer.ready, overseer.edge");
        await ExecuteAsync("VACUUM ANALYZE");
        await ExecuteAsync("SELECT pg_stat_reset()");
        await using (var source = NpgsqlDataSource.Create(Database))
        await using (var store = new PostgresJobStore(source, new PostgresStoreOptions { Listen = false }))
        {
            var worker = await StartWorkerAsync(store);
            for (var round = 0; round < 8; round++)
            {
                Assert.Empty(await ReserveAsync(store, worker, 5, "a", "b"));
                var builder = new JobGraphBuilder("Test");
                builder.Add(new Job("b"), builder.Add(new Job("a")));
                builder.Add(new Job("a") { MaxAttempts = 1 });
                await store.InsertAsync(builder.Build());
                await store.InsertAsync(JobGraph.Of(new Job("a")));
                await store.InsertAsync(JobGraph.Of(new Job("c")));
                var jobs = await ReserveAsync(store, worker, 5, "a", "b");
                Assert.Equal(3, jobs.Count);
                var ended = await store.EndAndReserveAsync([new JobEnding.Finish(jobs[0].Lease, "1")], new ReserveRequest(worker, [new ReserveType("b", ["a"])], 1));
                Assert.Equal("1", Assert.Single(ended.HandedOver).Inputs["a"]);
                await store.EndAsync([new JobEnding.Finish(ended.HandedOver[0].Lease, null)]);
                await store.EndAsync([new JobEnding.Fail(jobs[1].Lease, JobReason.Exception, new JobFailure("bad"))]);
                await store.EndAsync([new JobEnding.Finish(jobs[2].Lease, null)]);
                await store.SweepAsync(3, 10);
            }
        }

        await ExecuteAsync("SELECT pg_stat_clear_snapshot()");
        Assert.Equal("", await ScalarAsync(
            "SELECT coalesce(string_agg(relname || ' ' || seq_scan, ', '), '') FROM pg_stat_user_tables WHERE seq_scan > 0 AND relname IN ('run', 'job', 'ready', 'edge')"));
    }

    // It is planned each time, so that it may read a table of a few pages whole, and none that has grown since it was counted.
    [Fact]
    public async Task A_beat_finds_its_jobs_by_the_index_in_a_table_that_was_empty_when_it_was_counted()
    {
        var leases = new List<JobLease>();
        // Each store has its sessions to itself: what they did is counted when they end.
        await using (var source = NpgsqlDataSource.Create(Database))
        await using (var store = new PostgresJobStore(source, new PostgresStoreOptions { Listen = false }))
        {
            await store.InstallAsync();
            await ExecuteAsync("VACUUM ANALYZE");
            var worker = await StartWorkerAsync(store);
            await store.InsertAsync(JobGraph.Of(Enumerable.Range(0, 3000).Select(_ => new Job("a"))));
            leases.AddRange((await ReserveAsync(store, worker, 20, "a")).Select(job => job.Lease));
        }

        await ExecuteAsync("SELECT pg_stat_reset()");
        await using (var source = NpgsqlDataSource.Create(Database))
        await using (var store = new PostgresJobStore(source, new PostgresStoreOptions { Listen = false }))
        {
            Assert.Empty((await store.BeatAsync(leases[0].Worker, leases)).Lost);
        }

        await ExecuteAsync("SELECT pg_stat_clear_snapshot()");
        Assert.Equal("0", await ScalarAsync("SELECT seq_scan::text FROM pg_stat_user_tables WHERE relname = 'job'"));
    }

    // A worker that starts before there are any jobs keeps the plans that it made then.
    [Theory]
    [InlineData("ANALYZE")]
    [InlineData("VACUUM ANALYZE")]
    [InlineData(Fill)]
    public async Task Nothing_that_a_worker_asks_reads_a_table_from_end_to_end(string before)
    {
        await using var store = await InstalledAsync();
        await ExecuteAsync(before);
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();

        await HasNoScanAsync(nameof(ReserveSql.Claim), ReserveSql.Claim, "1, '{1,2,3}', 500, '-infinity', 1, 'infinity', 0, 0, true, '{}', '{}', 0, 0, true");
        await HasNoScanAsync("a claim of one type", ReserveSql.Claim, "1, '{1}', 1, '-infinity', 1, 'infinity', 0, 0, true, '{1}', '{2}', 0, 0, true");
        await HasNoScanAsync(nameof(ReserveSql.Wake), ReserveSql.Wake, "1, '{1,2,3}', 16, '-infinity', 1");
        await HasNoScanAsync(nameof(InsertSql.Graph), InsertSql.Graph, "'key', 1, 1, null, null, '{1}', '{0}', '{0}', '{0}', '{1}', '{null}', '{}', '{}', '{}'");
        await HasNoScanAsync(nameof(FinishSql.Lock), FinishSql.Lock, "'{1,2}', '{0,0}'");
        await HasNoScanAsync(nameof(FinishSql.Alone), FinishSql.Alone, "1, '{1,2}', '{9,9}', '{1,1}', '{null,null}', 1::smallint");
        await HasNoScanAsync(nameof(FinishSql.Release), FinishSql.Release, "1, '{1,2}', '{0,0}', '{1,1}', '{null,null}', 1::smallint, 5, '{1}', 1, '{1}', '{2}'");
        await HasNoScanAsync(nameof(WorkerSql.Lost), WorkerSql.Lost, "'{}', '{1,2}', '{0,0}', '{1,1}'");
        await HasNoScanAsync(nameof(CloseSql.LockJobs), CloseSql.LockJobs, "'{1}', '{0}', '{1}', '{0}'");
        await HasNoScanAsync(nameof(CloseSql.Close), CloseSql.Close, "1, 0, 11::smallint");
        await HasNoScanAsync(nameof(EndSql.PutBack), EndSql.PutBack, "'{1}', '{0}', '{1}', '{0}', '{0}', '{0}', '{1}'");
        await HasNoScanAsync(nameof(ReadSql.Run), ReadSql.Run, "1");
        await HasNoScanAsync(nameof(ReadSql.Jobs), ReadSql.Jobs, "1, 0, null, 100");

        async Task HasNoScanAsync(string name, string sql, string arguments)
        {
            var plan = await PlanAsync(connection, "force_generic_plan", sql, arguments, byIndex: true);
            var scans = plan.Where(line => line.Contains("Seq Scan on ", StringComparison.Ordinal)).Select(line => line.Split("Seq Scan on ")[1])
                .Where(table => table.Split(' ')[0] is "job" or "run" or "ready" or "edge" or "job_args" or "job_name" or "job_result").ToList();
            Assert.True(scans.Count == 0, $"{name} scans {string.Join(", ", scans)}:\n{string.Join('\n', plan)}");
        }
    }

    [Fact]
    public async Task A_transaction_scope_of_the_callers_keeps_its_own_settings()
    {
        await using var source = NpgsqlDataSource.Create(Database);
        await using var store = new PostgresJobStore(source);
        await store.InstallAsync();
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);

        await store.InsertAsync(JobGraph.Of(new Job("a")));

        await using var connection = await source.OpenConnectionAsync();
        Assert.Equal("on", await new NpgsqlCommand("SHOW enable_seqscan", connection).ExecuteScalarAsync());
    }

    // Where a run has one edge, both indexes look alike to the planner; by the wrong one a run of 100,000 edges is read once for each of its jobs.
    [Theory]
    [InlineData("VACUUM ANALYZE")]
    [InlineData("INSERT INTO overseer.edge SELECT g, 0, 1 FROM generate_series(1, 100000) AS g; ANALYZE")]
    [InlineData("INSERT INTO overseer.edge SELECT g, 0, 1 FROM generate_series(1, 100000) AS g; ANALYZE; UPDATE pg_class SET reltuples = 0 WHERE relname LIKE 'edge%'")]
    public async Task Edges_are_found_by_the_index_that_leads_to_them(string before)
    {
        await using var store = await InstalledAsync();
        await ExecuteAsync(before);
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        foreach (var (name, sql, arguments) in new[]
        {
            (nameof(ReserveSql.Claim), ReserveSql.Claim, "1, '{1}', 1, '-infinity', 1, 'infinity', 0, 0, true, '{1}', '{2}', 0, 0, true"),
            (nameof(FinishSql.Lock), FinishSql.Lock, "'{1,2}', '{0,0}'"),
            (nameof(FinishSql.Release), FinishSql.Release, "1, '{1,2}', '{0,0}', '{1,1}', '{null,null}', 1::smallint, 5, '{1}', 1, '{1}', '{2}'"),
            (nameof(CloseSql.LockJobs), CloseSql.LockJobs, "'{1}', '{0}', '{1}', '{0}'"),
            (nameof(CloseSql.Close), CloseSql.Close, "1, 0, 11::smallint"),
            (nameof(InsertSql.Dependencies), InsertSql.Dependencies, "1, '{1,2}'"),
            (nameof(PropagationSql.Page), PropagationSql.Page, "1, 1, 1"),
            (nameof(QuerySql.WaitingFor), QuerySql.WaitingFor, "1, 1"),
        })
        {
            var plan = await PlanAsync(connection, "force_generic_plan", sql, arguments, byIndex: true);
            var found = 0;
            foreach (var (scan, condition) in plan.Zip(plan.Skip(1)).Where(pair => pair.First.Contains(" on edge", StringComparison.Ordinal)))
            {
                found++;
                Assert.True(
                    scan.Contains("using edge_pkey", StringComparison.Ordinal) ? condition.Contains("(dep = ", StringComparison.Ordinal)
                        : scan.Contains("using edge_by_dependent", StringComparison.Ordinal) && condition.Contains("((no + 0) = ", StringComparison.Ordinal),
                    $"{name}:\n{string.Join('\n', plan)}");
            }

            Assert.True(found > 0, name);
        }
    }

    // How each question is answered among millions of rows: what is read, and in which way.
    [Fact]
    public async Task What_people_ask_is_answered_by_these_plans()
    {
        await using var store = await InstalledAsync();
        await ExecuteAsync(Fill);
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        var plans = new StringBuilder();
        foreach (var (name, sql, arguments) in new[]
        {
            ("a run", ReadSql.Run, "5"),
            ("a run by its key", ReadSql.RunByKey, "'key'"),
            ("a job by its id", ReadSql.FindName, "'id'"),
            ("jobs by their places", ReadSql.JobsAt, "'{1,2,3}', '{1,2,3}'"),
            ("the jobs of a run", QuerySql.JobsOfRun, "5, -1, 1000, 101, 'type1', null, null"),
            ("all jobs", QuerySql.Jobs, "50000, 5, 1000, 101, 'type1', null, null"),
            ("started jobs", QuerySql.Started, "50000, 5, 1000, 101, null, 1::smallint, null"),
            ("failed jobs", QuerySql.Bad, "50000, 5, 1000, 101, null, 3::smallint, null"),
            ("all runs", QuerySql.Runs, "50000, 500, 101, 'Test', null"),
            ("failed runs", QuerySql.BadRuns, "50000, 500, 101, null, 'failed'"),
            ("the backlog", QuerySql.Backlog, ""),
            ("a run's types", QuerySql.Types, "5"),
            ("why a job does not run", QuerySql.Explain, "5, 3"),
            ("what a job waits for", QuerySql.WaitingFor, "5, 3"),
        })
        {
            plans.Append(CultureInfo.InvariantCulture, $"{name}\n");
            foreach (var line in await PlanAsync(connection, "force_custom_plan", sql, arguments, byIndex: false))
                if (line.Contains(" Scan ", StringComparison.Ordinal) && ScanOfTable().Match(line) is { Success: true } scan) plans.Append(CultureInfo.InvariantCulture, $"  {scan.Value}\n");
        }

        Assert.Equal(Golden, plans.ToString(), ignoreLineEndingDifferences: true);
    }

    // Of tables that grow with jobs and runs.
    [GeneratedRegex(@"(Index Only|Index|Bitmap Heap|Bitmap Index|Seq|Tid) Scan .*(job|run|ready|edge|job_args|job_name|job_result|job_failure|run_count)( \w+)?$")]
    private static partial Regex ScanOfTable();

    private static async Task<List<string>> PlanAsync(NpgsqlConnection connection, string mode, string sql, string arguments, bool byIndex)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (byIndex) await RunAsync(PlanSql.ByIndex);
        await RunAsync($"SET LOCAL plan_cache_mode = {mode}; PREPARE one AS {sql}");
        await using var command = new NpgsqlCommand($"EXPLAIN (COSTS OFF) EXECUTE one{(arguments.Length > 0 ? $"({arguments})" : "")}", connection);
        var plan = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync()) plan.Add(rows.GetString(0));
        }

        await RunAsync("DEALLOCATE one");
        return plan;

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
