using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Overseer.Sqlite;
using Overseer.Stores;

namespace Overseer;

/// <summary>A store in one SQLite file, for one or more processes of one machine. Thread-safe.</summary>
/// <remarks>
/// <para>
/// The file is in write-ahead mode. Each store has one connection that writes, behind a gate that its callers queue at; one for
/// beats, which does not queue; and as many for reading as are used at once. Every write takes the file's write lock at its
/// beginning (<c>BEGIN IMMEDIATE</c>) and waits for other processes as long as <see cref="SqliteStoreOptions.BusyTimeout"/>, or
/// until its token is cancelled. A beat waits on its caller's thread, everything else does not.
/// </para>
/// <para>
/// What was committed survives the death of any process; a loss of power may take the last transactions with it, unless
/// <see cref="SqliteStoreOptions.SurvivePowerLoss"/> is set. Times are those of the machine.
/// </para>
/// </remarks>
public sealed partial class SqliteJobStore : IJobStore, IDisposable
{
    // One for each file in use, so that stores of this process on one file wake each other. Never removed: it is a path and a few words.
    private static readonly ConcurrentDictionary<string, ChangePulse> Pulses = new(StringComparer.Ordinal);

    private readonly SqliteFile file;

    private readonly WriteAheadLog log;

    private readonly TimeProvider clock;

    private readonly ChangePulse pulse;

    /// <summary>Where the writes of this store queue.</summary>
    internal SemaphoreSlim Gate { get; } = new(1, 1);

    // Held while a transaction runs. A beat waits for the one that is running, as it must, but not for those that queue at the gate.
    private readonly Lock transacting = new();

    private readonly ConcurrentBag<SqliteSession> readers = [];

    private SqliteSession? writer;

    private SqliteSession? beater;

    private volatile bool isDisposed;

    /// <summary>A store in a file; nothing is opened yet.</summary>
    /// <param name="path">The file; <see cref="InstallAsync"/> makes it if it is not there. Its folder must exist.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="clock">Tells the time. Default: the system's.</param>
    /// <exception cref="ArgumentException">The path is none, or an option is out of its range.</exception>
    public SqliteJobStore(string path, SqliteStoreOptions? options = null, TimeProvider? clock = null)
        : this(new SqliteConnectionStringBuilder { DataSource = path }, options ?? new SqliteStoreOptions(), clock ?? TimeProvider.System)
    {
    }

    internal SqliteJobStore(SqliteConnectionStringBuilder connectionString, SqliteStoreOptions options, TimeProvider clock)
    {
        file = new SqliteFile(connectionString, options);
        log = new WriteAheadLog(file.Path);
        this.clock = clock;
        pulse = Pulses.GetOrAdd(file.Path, static _ => new ChangePulse());
    }

    /// <inheritdoc/>
    public string Name => file.Path;

    /// <inheritdoc/>
    public async Task InstallAsync(CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            await LeaveThread();
            await WhenUnlockedAsync(Install, cancellationToken);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <inheritdoc/>
    public Task WaitForChangeAsync(TimeSpan atMost, CancellationToken cancellationToken = default) => pulse.WaitAsync(atMost, clock, cancellationToken);

    /// <inheritdoc/>
    public bool IsTransient(Exception exception) => SqliteErrors.IsTransient(exception);

    /// <summary>Closes the file. Whoever is writing ends first; this thread waits for it.</summary>
    public void Dispose()
    {
        Gate.Wait();
        Close();
    }

    /// <summary>Closes the file. Whoever is writing ends first.</summary>
    public async ValueTask DisposeAsync()
    {
        await Gate.WaitAsync();
        Close();
    }

    private void Close()
    {
        try
        {
            isDisposed = true;
            lock (transacting)
            {
                Close(ref writer);
                Close(ref beater);
            }

            while (readers.TryTake(out var reader)) reader.Dispose();
        }
        finally
        {
            Gate.Release();
        }
    }

    private async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            if (writer is null) await LeaveThread();
            return await WhenUnlockedAsync(() => Write(work), cancellationToken);
        }
        finally
        {
            Gate.Release();
        }
    }

    private T Write<T>(Func<SqliteSession, T> work)
    {
        lock (transacting)
        {
            var answer = Transact(ref writer, work);
            log.KeepSmall(writer!);
            return answer;
        }
    }

    private bool Install()
    {
        file.Install();
        return true;
    }

    private async Task<T> WhenUnlockedAsync<T>(Func<T> act, CancellationToken cancellationToken)
    {
        LockWait? wait = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SqliteException busy;
            try
            {
                return act();
            }
            catch (SqliteException error) when (LockWait.IsFor(error))
            {
                busy = error;
            }

            // Between two tries a beat has its turn.
            await (wait ??= new LockWait(file)).NextAsync(busy, cancellationToken).ConfigureAwait(false);
        }
    }

    // Opening a file can meet locks that SQLite waits for on the thread, which is then not to be the caller's.
    private static ConfiguredTaskAwaitable LeaveThread() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    private T Transact<T>(ref SqliteSession? session, Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        session ??= file.Open(forWriting: true);
        if (session.HasMoved)
        {
            Close(ref session);
            throw file.Moved();
        }

        try
        {
            return session.Transact(work);
        }
        catch (SqliteException error) when (SqliteErrors.Name(file.Path, error) is { } named)
        {
            throw named;
        }
        finally
        {
            if (session.IsBroken) Close(ref session);
        }
    }

    private static void Close(ref SqliteSession? session)
    {
        session?.Dispose();
        session = null;
    }

    private T Read<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var session = readers.TryTake(out var free) ? free : file.Open();
        if (session.HasMoved)
        {
            session.Dispose();
            throw file.Moved();
        }

        try
        {
            return work(session);
        }
        catch (SqliteException error) when (SqliteErrors.Name(file.Path, error) is { } named)
        {
            throw named;
        }
        finally
        {
            if (isDisposed) session.Dispose();
            else readers.Add(session);
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
