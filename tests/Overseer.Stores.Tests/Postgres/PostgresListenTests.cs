using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

public sealed class PostgresListenTests(PostgresServers servers) : PostgresTests(servers)
{
    private static readonly TimeSpan Ages = TimeSpan.FromHours(1);

    private const string Listeners = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE '%LISTEN%' AND query NOT ILIKE '%pg_stat%'";

    [Fact]
    public async Task An_idle_worker_is_woken_by_a_job_that_another_process_inserts()
    {
        await using var idle = await InstalledAsync(options: new PostgresStoreOptions());
        await using var other = await InstalledAsync();
        Assert.Empty(await ReserveAsync(idle, await StartWorkerAsync(idle), 5, "a"));
        await UntilHeardAsync(idle);

        var wait = idle.WaitForReadyAsync(idle.ReadySignals, Ages);
        await other.InsertAsync(JobGraph.Of(new Job("a")));

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_is_heard_while_a_worker_looks_ends_its_wait_at_once()
    {
        await using var store = await InstalledAsync();
        var seen = store.ReadySignals;
        await store.InsertAsync(JobGraph.Of(new Job("a")));

        Assert.True(store.WaitForReadyAsync(seen, Ages).IsCompletedSuccessfully);
        Assert.False(store.WaitForReadyAsync(store.ReadySignals, Ages).IsCompleted);
    }

    [Fact]
    public async Task A_dependent_that_another_process_makes_ready_wakes_an_idle_worker()
    {
        await using var idle = await InstalledAsync(options: new PostgresStoreOptions());
        await using var other = await InstalledAsync();
        var builder = new JobGraphBuilder("Pair");
        builder.Add(new Job("b"), builder.Add(new Job("a")));
        await other.InsertAsync(builder.Build());
        Assert.Empty(await ReserveAsync(idle, await StartWorkerAsync(idle), 5, "b"));
        var lease = Assert.Single(await ReserveAsync(other, await StartWorkerAsync(other), 5, "a")).Lease;
        await UntilHeardAsync(idle);

        var wait = idle.WaitForReadyAsync(idle.ReadySignals, Ages);
        await other.EndAsync([new JobEnding.Finish(lease, null)]);

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Nobody_is_told_while_no_worker_is_idle()
    {
        await using var store = await InstalledAsync();
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await new NpgsqlCommand("LISTEN \"\"\"overseer\"\".ready\"", connection).ExecuteNonQueryAsync();
        var heard = 0;
        connection.Notification += (_, _) => heard++;
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        var worker = await StartWorkerAsync(store);
        Assert.Single(await ReserveAsync(store, worker, 5, "a"));
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        Assert.Equal(0, await HeardAsync());

        Assert.Single(await ReserveAsync(store, worker, 5, "a"));
        Assert.Empty(await ReserveAsync(store, worker, 5, "a"));
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        Assert.Equal(1, await HeardAsync());

        async Task<int> HeardAsync()
        {
            await new NpgsqlCommand("SELECT 1", connection).ExecuteNonQueryAsync();
            return heard;
        }
    }

    [Fact]
    public async Task A_store_that_shall_not_listen_does_not()
    {
        await using var store = await InstalledAsync();
        await store.WaitForReadyAsync(store.ReadySignals, TimeSpan.FromMilliseconds(50));

        Assert.Equal("0", await ScalarAsync(Listeners));
    }

    [Fact]
    public async Task A_listener_whose_session_is_killed_comes_back()
    {
        await using var idle = await InstalledAsync(options: new PostgresStoreOptions());
        await using var other = await InstalledAsync();
        Assert.Empty(await ReserveAsync(idle, await StartWorkerAsync(idle), 5, "a"));
        await UntilHeardAsync(idle);
        await ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE '%NOTIFY%' AND pid <> pg_backend_pid()");
        await UntilHeardAsync(idle);

        var wait = idle.WaitForReadyAsync(idle.ReadySignals, Ages);
        await other.InsertAsync(JobGraph.Of(new Job("a")));

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    // The listener is there once a notification of the test's own comes through.
    private async Task UntilHeardAsync(PostgresJobStore store)
    {
        while (true)
        {
            var wait = store.WaitForReadyAsync(store.ReadySignals, Ages);
            await ExecuteAsync("NOTIFY \"\"\"overseer\"\".ready\"");
            if (await Task.WhenAny(wait, Task.Delay(200)) == wait) return;
        }
    }
}
