using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>What goes wrong around a store: each answer names the thing, the rule and the remedy, and nothing is half-written.</summary>
public sealed class PostgresTroubleTests(PostgresServers servers) : PostgresTests(servers)
{
    [Fact]
    public async Task A_wrong_password_is_said_without_showing_it()
    {
        var role = await CreateRoleAsync("", "LOGIN PASSWORD 'right'");
        await Server.RequirePasswordAsync(role);
        await using var store = new PostgresJobStore(new NpgsqlConnectionStringBuilder(As(role)) { Password = "wrong-secret" }.ConnectionString);

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InstallAsync());

        Assert.Contains("refuses the user or the password. Correct the connection string", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_named()
    {
        await using var store = new PostgresJobStore(new NpgsqlConnectionStringBuilder(Database) { Database = "nowhere" }.ConnectionString);

        Assert.Contains("/nowhere' cannot be used: there is no such database", (await Assert.ThrowsAsync<StoreUnusableException>(() => store.InstallAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named()
    {
        await using var store = new PostgresJobStore("Host=127.0.0.1;Port=1;Username=app;Database=app");

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InstallAsync());

        Assert.Contains("Store '127.0.0.1:1/app' cannot be used: nothing answers at its address. Start the server", error.Message, StringComparison.Ordinal);
        Assert.True(store.IsTransient(error));
    }

    [Fact]
    public async Task A_role_that_may_not_create_the_schema_is_told_how_to_get_it()
    {
        await using var store = new PostgresJobStore(As(await CreateRoleAsync("")));

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InstallAsync());

        Assert.Contains("lacks a right (permission denied for database", error.Message, StringComparison.Ordinal);
        Assert.Contains("whoever installs needs CREATE on the database once", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_was_not_installed_says_so()
    {
        await using var store = new PostgresJobStore(Database);

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InsertAsync(JobGraph.Of(new Job("a"))));

        Assert.Contains("Call InstallAsync as a role that may create it, or run the script that PostgresStore.GetMigrationScript() gives", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE ON overseer.job")]
    [InlineData("DELETE ON overseer.ready")]
    [InlineData("INSERT ON overseer.held")]
    public async Task A_missing_grant_is_named_and_nothing_is_claimed(string grant)
    {
        await using var owner = await InstalledAsync();
        var role = await CreateRoleAsync($"{WorkerGrants}; REVOKE {grant} FROM ROLE;");
        await using var store = await InstalledAsync(As(role));
        await owner.InsertAsync(JobGraph.Of(new Job("a")));
        var worker = await StartWorkerAsync(store);

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => ReserveAsync(store, worker, 1, "a"));

        Assert.Contains($"the role '{role}' lacks a right (permission denied for table {grant.Split('.')[1]})", error.Message, StringComparison.Ordinal);
        Assert.True(store.IsTransient(error));
        Assert.Equal("unstarted 0", await ScalarAsync("SELECT status || ' ' || (SELECT count(*) FROM overseer.held) FROM overseer.job_view"));
    }

    [Fact]
    public async Task A_role_that_can_only_read_is_told_to_go_to_the_primary()
    {
        await using (await InstalledAsync())
        {
        }

        var role = await CreateRoleAsync(WorkerGrants);
        await ExecuteAsync($"ALTER ROLE {role} SET default_transaction_read_only = on");
        await using var store = await InstalledAsync(As(role));

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InsertAsync(JobGraph.Of(new Job("a"))));

        Assert.Contains("it can only be read. Connect to the primary server (Target Session Attributes=primary)", error.Message, StringComparison.Ordinal);
        Assert.True(store.IsTransient(error));
    }

    [Fact]
    public async Task Too_few_connections_are_said_to_be_so_and_pass()
    {
        await using (await InstalledAsync())
        {
        }

        var role = await CreateRoleAsync(WorkerGrants, "LOGIN CONNECTION LIMIT 1");
        await using var other = new NpgsqlConnection(As(role));
        await other.OpenAsync();
        await using var store = new PostgresJobStore(As(role));

        var error = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InstallAsync());
        Assert.Contains("it has no connection left", error.Message, StringComparison.Ordinal);
        Assert.True(store.IsTransient(error));
        await other.CloseAsync();
        NpgsqlConnection.ClearPool(other);
        // The server takes a moment to see that the other has gone.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await store.InstallAsync();
                break;
            }
            catch (StoreUnusableException again) when (store.IsTransient(again) && attempt < 1000)
            {
                await Task.Delay(10);
            }
        }
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_for_its_role_changes_nothing_and_passes()
    {
        await using var owner = await InstalledAsync();
        var role = await CreateRoleAsync(WorkerGrants);
        await ExecuteAsync($"ALTER ROLE {role} SET statement_timeout = '200ms'; ALTER ROLE {role} SET lock_timeout = '100ms'");
        await using var store = await InstalledAsync(As(role));
        var builder = new JobGraphBuilder("Pair");
        builder.Add(new Job("b"), builder.Add(new Job("a")));
        var run = (await owner.InsertAsync(builder.Build())).Run;
        var worker = await StartWorkerAsync(store);
        var lease = Assert.Single(await ReserveAsync(store, worker, 1, "a")).Lease;
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using (var holder = await connection.BeginTransactionAsync())
        {
            await new NpgsqlCommand("SELECT 1 FROM overseer.job WHERE no = 1 FOR UPDATE", connection, holder).ExecuteNonQueryAsync();
            var error = await Assert.ThrowsAsync<PostgresException>(() => store.EndAsync([new JobEnding.Finish(lease, "1")]));
            Assert.True(store.IsTransient(error), error.SqlState);
            Assert.Equal("started unstarted", await ScalarAsync("SELECT string_agg(status, ' ' ORDER BY id) FROM overseer.job_view"));
        }

        Assert.True((await store.EndAsync([new JobEnding.Finish(lease, "1")]))[0].Accepted);
        Assert.Equal((1, 0), ((await owner.GetRunAsync(run))!.Finished, (await owner.GetJobAsync(JobId.For(run, 1)))!.WaitingOn));
    }

    [Fact]
    public async Task Workers_outlive_sessions_that_are_killed_all_the_time_and_finish_every_job_once()
    {
        await using var store = await InstalledAsync();
        const int jobs = 20_000;
        var ran = new int[jobs];
        await InsertCountedAsync(store, jobs);
        await using var worker = await OverseerWorker.StartAsync(store, Counting(ran), options: Quick());
        var kills = 0;
        for (var round = 0; round < 40; round++)
        {
            try
            {
                kills += int.Parse(await ScalarAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"), null);
            }
            catch (NpgsqlException)
            {
                // There was none left for this very question.
            }

            await Task.Delay(20);
        }

        Assert.True(kills > 0, "Nothing was killed.");
        Assert.Equal(RunStatus.Finished, (await UntilEndedAsync(store)).Status);
        Assert.Equal($"{jobs}", await ScalarAsync("SELECT finished FROM overseer.run_view"));
        // A job may have run again if the answer to its claim was lost and it was given back, never if it had finished.
        Assert.DoesNotContain(0, ran);
    }

    [Fact]
    public async Task Workers_outlive_a_server_that_crashes()
    {
        await using var server = await PostgresServer.StartAsync();
        Assert.SkipWhen(!server.CanRestart, "The server that OVERSEER_TEST_POSTGRES names is not for this test to stop.");
        // The servers of tests forget their last commits when they crash, unless they are told not to.
        await PostgresServer.ExecuteAsync(server.ConnectionString, "ALTER DATABASE postgres SET synchronous_commit = on");
        await using var store = new PostgresJobStore(server.ConnectionString);
        await store.InstallAsync();
        const int jobs = 2000;
        var ran = new int[jobs];
        await InsertCountedAsync(store, jobs);
        var hundred = new TaskCompletionSource();
        await using var worker = await OverseerWorker.StartAsync(store, Counting(ran, at: 100, hundred), options: Quick());
        await hundred.Task;
        await server.CrashAsync();

        var run = await UntilEndedAsync(store);

        Assert.Equal((RunStatus.Finished, jobs), (run.Status, run.Finished));
        Assert.DoesNotContain(0, ran);
    }

    [Fact]
    public async Task A_deadlock_of_the_callers_own_is_the_callers_and_the_insert_is_rolled_back_with_it()
    {
        await using var store = await InstalledAsync();
        await ExecuteAsync("CREATE TABLE orders (id int PRIMARY KEY, n int); INSERT INTO orders VALUES (1, 0), (2, 0)");
        await using var one = new NpgsqlConnection(Database);
        await using var two = new NpgsqlConnection(Database);
        await one.OpenAsync();
        await two.OpenAsync();
        await using var first = await one.BeginTransactionAsync();
        await using var second = await two.BeginTransactionAsync();
        await store.InsertAsync(JobGraph.Of([new Job("a")], key: "first"), first);
        await store.InsertAsync(JobGraph.Of([new Job("a")], key: "second"), second);
        await new NpgsqlCommand("UPDATE orders SET n = 1 WHERE id = 1", one, first).ExecuteNonQueryAsync();
        await new NpgsqlCommand("UPDATE orders SET n = 2 WHERE id = 2", two, second).ExecuteNonQueryAsync();

        var crossing = new[]
        {
            EndAsync(new NpgsqlCommand("UPDATE orders SET n = 1 WHERE id = 2", one, first), first),
            EndAsync(new NpgsqlCommand("UPDATE orders SET n = 2 WHERE id = 1", two, second), second),
        };

        Assert.Single(await Task.WhenAll(crossing), error => error is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected });
        Assert.Equal("1", await ScalarAsync("SELECT count(*) FROM overseer.run"));

        static async Task<Exception?> EndAsync(NpgsqlCommand command, NpgsqlTransaction transaction)
        {
            try
            {
                await command.ExecuteNonQueryAsync();
                await transaction.CommitAsync();
                return null;
            }
            catch (PostgresException error)
            {
                await transaction.RollbackAsync();
                return error;
            }
        }
    }

    [Fact]
    public void All_that_is_wrong_with_the_configuration_is_said_at_once_and_no_password()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Overseer:Store:Adapter"] = "postgres",
            ["Overseer:Store:ConnectionString"] = "Hosst=db;Password=secret-word",
            ["Overseer:Store:Schema"] = "My Jobs",
            ["Overseer:Store:Listen"] = "perhaps",
            ["Overseer:Store:Lisen"] = "true",
        }).Build();

        var error = Assert.Throws<InvalidOperationException>(() => OverseerStore.Open(configuration, PostgresStore.Adapter));

        Assert.Contains("Overseer:Store:ConnectionString", error.Message, StringComparison.Ordinal);
        Assert.Contains("Overseer:Store:Schema is 'My Jobs'; it must be a lower-case letter", error.Message, StringComparison.Ordinal);
        Assert.Contains("Overseer:Store:Listen is 'perhaps'; it must be true or false", error.Message, StringComparison.Ordinal);
        Assert.Contains("Lisen", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_store_is_the_one_that_is_used()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Overseer:Store:Adapter"] = "Postgres",
            ["Overseer:Store:ConnectionString"] = Database,
            ["Overseer:Store:Schema"] = "configured",
        }).Build();
        await using var store = OverseerStore.Open(configuration, SqliteStore.Adapter, PostgresStore.Adapter);
        await store.InstallAsync();

        Assert.EndsWith("(configured)", store.Name, StringComparison.Ordinal);
        Assert.Equal("0", await ScalarAsync("SELECT count(*) FROM configured.job"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Database=app")]
    [InlineData("Host=db;Colour=blue")]
    public void A_connection_string_that_is_none_is_refused_by_the_call(string connectionString)
    {
        var overseer = new ServiceCollection().AddOverseer(JobHandlerMap.Combine());

        Assert.Contains("connection string", Assert.ThrowsAny<ArgumentException>(() => overseer.UsePostgres(connectionString)).Message, StringComparison.Ordinal);
    }

    private static Task<InsertAnswer> InsertCountedAsync(PostgresJobStore store, int jobs) =>
        store.InsertAsync(JobGraph.Of(Enumerable.Range(0, jobs).Select(i => Job.FromJson("count", $"{i}"))));

    private static JobHandlerMap Counting(int[] ran, int at = 0, TaskCompletionSource? reached = null)
    {
        var all = 0;
        return JobHandlerMap.Combine().With("count", (job, _) =>
        {
            Interlocked.Increment(ref ran[int.Parse(job.Args!, null)]);
            if (Interlocked.Increment(ref all) == at) reached!.SetResult();
            return Task.CompletedTask;
        });
    }

    private static OverseerOptions Quick() => new() { Concurrency = 8, HeartbeatSleep = TimeSpan.FromMilliseconds(200), HeartbeatTolerance = 100, MaxPrefetch = 50 };

    private static async Task<Run> UntilEndedAsync(PostgresJobStore store)
    {
        while (true)
        {
            try
            {
                if (await store.GetRunAsync(new RunId(1)) is { } run && run.Status != RunStatus.Active) return run;
            }
            catch (Exception error) when (store.IsTransient(error))
            {
                // It is away for the moment.
            }

            await Task.Delay(50);
        }
    }
}
