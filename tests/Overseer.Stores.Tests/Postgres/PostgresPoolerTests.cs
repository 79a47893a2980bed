using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>Through a pooler that gives each transaction another session, and has fewer of them than there are callers.</summary>
public sealed class PostgresPoolerTests(PostgresServers servers) : PostgresTests(servers)
{
    private readonly RecordingLogger log = new();

    private PgBouncer pooler = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.SkipWhen(PgBouncer.Program is null, "There is no pgbouncer here. Install it (Debian: apt-get install pgbouncer), or set OVERSEER_TEST_PGBOUNCER to its path.");
        pooler = await PgBouncer.StartAsync(Database);
    }

    public override async ValueTask DisposeAsync()
    {
        if (pooler is not null) await pooler.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Workers_run_graphs_to_their_end_each_job_once()
    {
        await using var store = await InstalledAsync(pooler.ConnectionString, new PostgresStoreOptions { Listen = false, Prepare = false });
        const int width = 300;
        var ran = new int[width + 2];
        var builder = new JobGraphBuilder("Fan");
        var first = builder.Add(new Job("n") { Args = "0" });
        var middle = Enumerable.Range(1, width).Select(i => builder.Add(new Job("n") { Args = $"{i}" }, first)).ToArray();
        builder.Add(new Job("n") { Args = $"{width + 1}" }, middle);
        var run = (await store.InsertAsync(builder.Build())).Run;
        var handlers = JobHandlerMap.Combine().With("n", (job, _) =>
        {
            Interlocked.Increment(ref ran[int.Parse(job.Args!, null)]);
            return Task.CompletedTask;
        });
        var options = new OverseerOptions { Concurrency = 20, DetectorSleep = TimeSpan.FromMilliseconds(5) };
        await using (await OverseerWorker.StartAsync(store, handlers, options: options))
        await using (await OverseerWorker.StartAsync(store, handlers, options: options))
        {
            while ((await store.GetRunAsync(run))!.Status == RunStatus.Active) await Task.Delay(20);
        }

        Assert.Equal(RunStatus.Finished, (await store.GetRunAsync(run))!.Status);
        Assert.All(ran, times => Assert.Equal(1, times));
        Assert.InRange(int.Parse(await ScalarAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"), null), 1, PgBouncer.Connections);
    }

    [Fact]
    public async Task An_insert_in_the_callers_own_transaction_is_atomic_through_it()
    {
        await using var store = await InstalledAsync(pooler.ConnectionString, new PostgresStoreOptions { Listen = false, Prepare = false });
        await using var connection = new NpgsqlConnection(pooler.ConnectionString);
        await connection.OpenAsync();
        await using (var undone = await connection.BeginTransactionAsync()) await store.InsertAsync(JobGraph.Of(new Job("a")), undone);
        await using (var done = await connection.BeginTransactionAsync())
        {
            await store.InsertAsync(JobGraph.Of(new Job("b")), done);
            await done.CommitAsync();
        }

        Assert.Equal([["b", "unstarted"]], await QueryAsync("SELECT type, status FROM overseer.job_view"));
    }

    // Asked on its own session, the ping could come back by chance.
    [Fact]
    public async Task Listening_is_given_up_with_one_warning_and_a_worker_that_waits_is_woken_by_time()
    {
        await using var store = new PostgresJobStore(pooler.ConnectionString, new PostgresStoreOptions { Prepare = false }, log: log);
        await store.InstallAsync();
        await store.WaitForReadyAsync(store.ReadySignals, TimeSpan.FromMilliseconds(1));

        await log.WarnedAsync();

        Assert.Equal(301, Assert.Single(log.Warnings));
        await store.WaitForReadyAsync(store.ReadySignals, TimeSpan.FromMilliseconds(1));
        Assert.Single(log.Warnings);
    }

    private sealed class RecordingLogger : ILogger<PostgresJobStore>
    {
        private readonly TaskCompletionSource warned = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<int> Warnings { get; } = [];

        public Task WarnedAsync() => warned.Task.WaitAsync(TimeSpan.FromSeconds(60));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Warnings) Warnings.Add(eventId.Id);
            warned.TrySetResult();
        }
    }
}
