using System.Reflection;
using Npgsql;
using Overseer.Postgres;
using Xunit;

namespace Overseer.Stores.Tests;

public sealed class PostgresSchemaTests(PostgresServers servers) : PostgresTests(servers)
{
    private const string Columns = """
        SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '') FROM information_schema.columns
        WHERE table_schema = 'overseer' ORDER BY 1, ordinal_position
        """;

    [Fact]
    public async Task Ten_stores_that_install_at_once_make_one_schema()
    {
        using var barrier = new Barrier(10);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                await using var store = new PostgresJobStore(Database);
                barrier.SignalAndWait();
                await store.InstallAsync();
                Assert.Null(await store.GetRunAsync(new RunId(1)));
            },
            TaskCreationOptions.LongRunning).Unwrap()));

        Assert.Equal("1", await ScalarAsync("SELECT count(*) FROM overseer.schema_version"));
    }

    [Fact]
    public async Task The_script_makes_what_an_install_makes()
    {
        await ExecuteAsync(PostgresStore.GetMigrationScript());
        var byHand = await QueryAsync(Columns);
        await using (var store = await InstalledAsync()) Assert.Null(await store.GetRunAsync(new RunId(1)));
        await ExecuteAsync("DROP SCHEMA overseer CASCADE");
        await using (await InstalledAsync()) Assert.Equal(byHand, await QueryAsync(Columns));
    }

    [Fact]
    public void The_script_names_no_other_schema_than_it_was_asked_for() =>
        Assert.DoesNotContain("overseer", PostgresStore.GetMigrationScript("jobs").Replace("\"overseer\"", "", StringComparison.Ordinal).Replace("-- ", "", StringComparison.Ordinal), StringComparison.Ordinal);

    [Theory]
    [InlineData("overseer")]
    [InlineData("jobs_2")]
    public async Task Every_statement_is_one_that_the_schema_can_run(string schema)
    {
        await using var store = await InstalledAsync(options: new PostgresStoreOptions { Schema = schema });
        var name = new SchemaName(schema);
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        var statements = typeof(SchemaName).Assembly.GetTypes().Where(type => type.Namespace == "Overseer.Postgres.Sql" && type.Name != "InstallSql")
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string)).ToList();
        Assert.True(statements.Count > 50, $"Only {statements.Count} statements were found.");
        foreach (var statement in statements)
        {
            var sql = name.Of((string)statement.GetRawConstantValue()!);
            if (sql.StartsWith("COPY", StringComparison.Ordinal)) continue;
            await using var command = new NpgsqlCommand($"PREPARE one AS {sql}; DEALLOCATE one", connection);
            var error = await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync());
            Assert.True(error is null, $"{statement.DeclaringType!.Name}.{statement.Name}: {error?.Message}");
        }
    }

    [Fact]
    public async Task Stores_in_two_schemas_of_one_database_do_not_see_each_other()
    {
        await using var one = await InstalledAsync();
        await using var two = await InstalledAsync(options: new PostgresStoreOptions { Schema = "jobs_2" });
        await one.InsertAsync(JobGraph.Of([new Job("a")], key: "daily"));

        Assert.Null(await two.FindRunAsync("daily"));
        Assert.Empty(await ReserveAsync(two, await StartWorkerAsync(two), 5, "a"));
        Assert.False((await two.InsertAsync(JobGraph.Of([new Job("a")], key: "daily"))).AlreadyExisted);
    }

    [Theory]
    [InlineData("a\"; drop table job;--")]
    [InlineData("Jobs")]
    [InlineData("")]
    [InlineData("jobs.job")]
    [InlineData("1st")]
    [InlineData("pg_jobs")]
    [InlineData("jöbs")]
    [InlineData("jobs\n")]
    [InlineData("a123456789012345678901234567890123456789012345678")]
    public void A_schema_with_another_name_than_the_grammar_allows_is_refused(string schema)
    {
        var error = Assert.Throws<ArgumentException>(() => new PostgresJobStore("Host=nowhere", new PostgresStoreOptions { Schema = schema }));

        Assert.Contains($"'{schema}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("lower-case", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PostgresStore.GetMigrationScript(schema));
    }

    [Fact]
    public async Task The_longest_name_is_a_schema()
    {
        var schema = "a" + new string('1', 47);
        await using var store = await InstalledAsync(options: new PostgresStoreOptions { Schema = schema });
        await store.InsertAsync(JobGraph.Of(new Job("a")));

        Assert.Equal("unstarted", await ScalarAsync($"SELECT status FROM {schema}.job_view"));
    }

    [Fact]
    public async Task A_schema_that_asks_for_a_newer_program_is_refused_with_what_to_do()
    {
        await using (await InstalledAsync()) await ExecuteAsync("INSERT INTO overseer.schema_version (version, oldest_worker) VALUES (99, 98)");
        await using var store = new PostgresJobStore(Database);

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InstallAsync());

        Assert.Contains("version 99, which asks for at least 98, and this program knows 1. Update the Overseer packages", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_schema_that_an_older_program_may_work_with_is_left_as_it_is()
    {
        await using (await InstalledAsync()) await ExecuteAsync("INSERT INTO overseer.schema_version (version, oldest_worker) VALUES (99, 1)");
        await using var store = await InstalledAsync();

        await store.InsertAsync(JobGraph.Of(new Job("a")));
        Assert.Equal("2", await ScalarAsync("SELECT count(*) FROM overseer.schema_version"));
    }

    [Fact]
    public async Task A_worker_needs_no_right_to_create_anything()
    {
        await using (await InstalledAsync())
        {
        }

        var role = await CreateRoleAsync(WorkerGrants);
        await using var store = await InstalledAsync(As(role));
        var builder = new JobGraphBuilder("Chain");
        var first = builder.Add(Job.FromJson("a", "1", "mine"));
        builder.Add(new Job("b"), first);
        var run = (await store.InsertAsync(builder.Build(key: "daily"))).Run;
        var worker = await StartWorkerAsync(store);

        foreach (var type in new[] { "a", "b" })
            Assert.True((await store.EndAsync([new JobEnding.Finish(Assert.Single(await ReserveAsync(store, worker, 1, type)).Lease, "1")]))[0].Accepted);
        await store.BeatAsync(worker, []);
        await store.SweepAsync(3, 100);
        await store.RetireWorkerAsync(worker);

        Assert.Equal(RunStatus.Finished, (await store.GetRunAsync(run))!.Status);
    }

    [Fact]
    public async Task The_views_show_in_words_what_is_there()
    {
        await using var store = await InstalledAsync();
        var builder = new JobGraphBuilder("Daily");
        var extract = builder.Add(Job.FromJson("extract", """{"day":1}""", "monday"));
        builder.Add(new Job("clean"), extract);
        var run = (await store.InsertAsync(builder.Build(key: "daily"))).Run;
        var worker = await StartWorkerAsync(store);
        var lease = Assert.Single(await ReserveAsync(store, worker, 1, "extract")).Lease;

        Assert.Equal(
            ["monday", "Daily", "extract", "started", "null", "1", "1", "0", "default", "0", """{"day":1}""", "null", "null", "0", "worker"],
            (await QueryAsync("SELECT id, graph, type, status, reason, attempt, max_attempts, losses, queue, priority, args, result, failure, waiting_on, worker FROM overseer.job_view WHERE started_at IS NOT NULL AND heartbeat_at IS NOT NULL AND finished_at IS NULL"))[0]);
        await store.EndAsync([new JobEnding.Fail(lease, JobReason.Timeout, new JobFailure("too slow", "Some.Exception"))]);

        Assert.Equal(
            [["monday", "failed", "timeout", "Some.Exception: too slow"], [$"{run}-1", "aborted", "dependency_failed", "Dependency extract (monday) failed: timeout."]],
            await QueryAsync("SELECT id, status, reason, failure FROM overseer.job_view ORDER BY run_id, id DESC"));
        Assert.Equal([["1", "daily", "Daily", "failed", "2", "0", "1", "1"]], await QueryAsync("SELECT id, key, graph, status, jobs, finished, failed, aborted FROM overseer.run_view WHERE finished_at IS NOT NULL"));
        Assert.Equal([["1", $"{run}-1", "monday"]], await QueryAsync("SELECT run_id, job_id, depends_on FROM overseer.dependency_view"));
    }
}
