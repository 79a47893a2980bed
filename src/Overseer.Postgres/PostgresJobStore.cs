using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Overseer.Postgres;
using Overseer.Stores;

namespace Overseer;

/// <summary>A store in a PostgreSQL database, for any number of processes on any number of machines. Thread-safe.</summary>
/// <remarks>
/// <para>
/// <b>Locks.</b> A job is locked by its row. Statements that lock several take them sorted by run and number; a finish locks what ends
/// and what depends on it before it reads anything, so that of two dependencies that finish at once the second sees the first. A claim
/// waits for nothing. What closes, cancels, retries or sweeps locks its runs first, see <c>CloseSql</c>.
/// </para>
/// <para>
/// <b>Time</b> is the database's; the clock of this process only measures waits. <b>Sessions</b>: nothing but the listener needs one, so
/// a transaction pooler may stand between. <b>Durability</b> is that of the server: with its defaults what was committed survives the
/// loss of power; a standby that follows asynchronously may lack the last moments when it takes over.
/// </para>
/// </remarks>
public sealed partial class PostgresJobStore : IJobStore, IJobQueries, IDisposable
{
    private readonly PostgresDatabase database;

    private readonly TimeProvider clock;

    private readonly ILogger log;

    private readonly ChangePulse pulse = new();

    private readonly ChangePulse ready = new();

    private readonly NameBook names;

    private readonly ReadyListener listener;

    // The workers of this process; one that was taken for dead stays until the process ends, which is a few words each.
    private readonly ConcurrentDictionary<WorkerId, WorkerLeases> workers = new();

    // Which of the rows that count a run's jobs this process writes.
    private readonly short stripe = (short)Random.Shared.Next(8);

    private int isDisposed;

    /// <summary>A store in a database; nothing is opened yet.</summary>
    /// <param name="connectionString">As Npgsql takes it, such as <c>Host=db;Username=app;Database=app</c>.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="clock">Measures waits. Default: the system's.</param>
    /// <param name="log">Where it says what a caller does not hear. Default: nowhere.</param>
    /// <exception cref="ArgumentException">The connection string is none, or an option is out of its range.</exception>
    public PostgresJobStore(string connectionString, PostgresStoreOptions? options = null, TimeProvider? clock = null, ILogger<PostgresJobStore>? log = null)
        : this(PostgresConnection.CreateSource(connectionString), isOwned: true, options, clock, log)
    {
    }

    /// <summary>A store in the database of a data source, which is not disposed with the store.</summary>
    /// <param name="dataSource">Where connections come from; <c>No Reset On Close=true</c> saves it a little work.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="clock">Measures waits. Default: the system's.</param>
    /// <param name="log">Where it says what a caller does not hear. Default: nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public PostgresJobStore(NpgsqlDataSource dataSource, PostgresStoreOptions? options = null, TimeProvider? clock = null, ILogger<PostgresJobStore>? log = null)
        : this(dataSource ?? throw new ArgumentNullException(nameof(dataSource)), isOwned: false, options, clock, log)
    {
    }

    private PostgresJobStore(NpgsqlDataSource source, bool isOwned, PostgresStoreOptions? options, TimeProvider? clock, ILogger<PostgresJobStore>? log)
    {
        database = new PostgresDatabase(source, isOwned, options ?? new PostgresStoreOptions());
        this.clock = clock ?? TimeProvider.System;
        this.log = log ?? NullLogger<PostgresJobStore>.Instance;
        names = new NameBook(database);
        listener = new ReadyListener(database, SignalReady, this.log);
    }

    /// <inheritdoc/>
    public string Name => database.Name;

    /// <inheritdoc/>
    public Task WaitForChangeAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => pulse.WaitAsync(atMost, clock, cancellationToken);

    /// <inheritdoc/>
    public long ReadySignals => ready.Count;

    /// <inheritdoc/>
    public Task WaitForReadyAsync(long seen, TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        listener.Start();
        var pause = atMost > WorkerLeases.Pause && workers.Values.Any(worker => worker.HasToLook) ? WorkerLeases.Pause : atMost;
        return ready.WaitAsync(seen, pause, clock, cancellationToken);
    }

    /// <inheritdoc/>
    public bool IsTransient(Exception exception) => PostgresErrors.IsTransient(exception);

    /// <summary>Closes what the store itself has opened. Once more does nothing, as when services hold it under two names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1) return;
        await listener.DisposeAsync();
        if (beater is not null) await beater.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Closes what the store itself has opened; this thread waits for it.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void Signal() => pulse.Signal(clock);

    /// <summary>Wakes what waits for ready jobs.</summary>
    /// <param name="age">How long the transaction took that made them ready: they may be due as long before it was committed.</param>
    private void SignalReady(TimeSpan age)
    {
        foreach (var worker in workers.Values) worker.Watermark.LookBelow(age);
        ready.Signal(clock);
        pulse.Signal(clock);
    }

    private async ValueTask<WorkerLeases?> FindWorkerAsync(WorkerId id, CancellationToken cancellationToken)
    {
        if (workers.TryGetValue(id, out var known)) return known;
        var no = await database.QueryAsync(
            Overseer.Postgres.Sql.WorkerSql.Find, [Values.Of(id.Value)], rows => rows.Read() ? rows.GetInt32(0) : (int?)null, cancellationToken);
        return no is { } found ? workers.GetOrAdd(id, _ => new WorkerLeases(found, clock)) : null;
    }

    /// <summary>Runs a transaction of several round trips, again if it collided with another.</summary>
    private async Task<T> TransactAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await database.ExecuteAsync(connection, Overseer.Postgres.Sql.PlanSql.ByIndexAndNotIdle, [], cancellationToken);
                var answer = await work(connection);
                await transaction.CommitAsync(cancellationToken);
                return answer;
            }
            catch (PostgresException error) when (PostgresErrors.IsCollision(error) && attempt < 5)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20 * attempt)), cancellationToken);
            }
        }
    }
}
