using System.Data.Common;
using Npgsql;

namespace Overseer.Stores.Tests;

/// <summary>
/// A Postgres store whose database tells the test's time: <c>now()</c> is found in a schema of the test's before the system's own.
/// The database is told the time before every verb.
/// </summary>
internal sealed class ClockedStore(string connectionString, PostgresStoreOptions options, TimeProvider clock) : IJobStore, IDisposable
{
    private const string Setup = """
        CREATE SCHEMA test_clock;
        CREATE TABLE test_clock.time (only_one boolean PRIMARY KEY, at timestamptz NOT NULL);
        INSERT INTO test_clock.time VALUES (true, 'epoch');
        CREATE FUNCTION test_clock.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM test_clock.time';
        """;

    private readonly NpgsqlDataSource teller = NpgsqlDataSource.Create(connectionString);

    private readonly SemaphoreSlim telling = new(1, 1);

    private DateTimeOffset told;

    public PostgresJobStore Inner { get; } = new(
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "test_clock,pg_catalog" }.ConnectionString, options, clock);

    public string Name => Inner.Name;

    public static Task PrepareAsync(string connectionString) => PostgresServer.ExecuteAsync(connectionString, Setup);

    public async Task InstallAsync(CancellationToken cancellationToken = default)
    {
        await TellAsync();
        await Inner.InstallAsync(cancellationToken);
    }

    public async Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default) => await (await NowAsync()).InsertAsync(graph, cancellationToken);

    public async Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).InsertAsync(graphs, cancellationToken);

    public async Task<InsertAnswer> InsertAsync(JobGraph graph, DbTransaction transaction, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).InsertAsync(graph, transaction, cancellationToken);

    public async Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).RegisterWorkerAsync(worker, cancellationToken);

    public async Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).BeatAsync(worker, held, cancellationToken);

    public async Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).RetireWorkerAsync(worker, cancellationToken);

    public async Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).ReserveAsync(request, cancellationToken);

    public async Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).EndAsync(endings, cancellationToken);

    public async Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).EndAndReserveAsync(endings, handOver, cancellationToken);

    public async Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default) =>
        await (await NowAsync()).SweepAsync(lossLimit, page, cancellationToken);

    public async Task<int> CancelRunAsync(RunId run, CancellationToken cancellationToken = default) => await (await NowAsync()).CancelRunAsync(run, cancellationToken);

    public async Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default) => await (await NowAsync()).CancelJobAsync(job, cancellationToken);

    public async Task<int> RetryFailedAsync(RunId run, CancellationToken cancellationToken = default) => await (await NowAsync()).RetryFailedAsync(run, cancellationToken);

    public Task<Run?> GetRunAsync(RunId run, CancellationToken cancellationToken = default) => Inner.GetRunAsync(run, cancellationToken);

    public Task<Run?> FindRunAsync(string key, CancellationToken cancellationToken = default) => Inner.FindRunAsync(key, cancellationToken);

    public Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default) => Inner.GetJobAsync(job, cancellationToken);

    public Task<IReadOnlyList<Job>> ListJobsAsync(RunId run, string? type = null, int from = 0, int limit = 1000, CancellationToken cancellationToken = default) =>
        Inner.ListJobsAsync(run, type, from, limit, cancellationToken);

    public Task WaitForChangeAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => Inner.WaitForChangeAsync(atMost, cancellationToken);

    public long ReadySignals => Inner.ReadySignals;

    public Task WaitForReadyAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken = default) => Inner.WaitForReadyAsync(seen, atMost, cancellationToken);

    public bool IsTransient(Exception exception) => Inner.IsTransient(exception);

    public async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        await teller.DisposeAsync();
        telling.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<PostgresJobStore> NowAsync()
    {
        await TellAsync();
        return Inner;
    }

    private async Task TellAsync()
    {
        await telling.WaitAsync();
        try
        {
            var now = clock.GetUtcNow();
            if (now == told) return;
            await using var command = teller.CreateCommand("UPDATE test_clock.time SET at = $1");
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
            await command.ExecuteNonQueryAsync();
            told = now;
        }
        finally
        {
            telling.Release();
        }
    }
}
