using Microsoft.Data.Sqlite;
using Overseer.Sqlite;
using Overseer.Sqlite.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class SqliteJobStore
{
    /// <inheritdoc/>
    public Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default) => WriteAsync(
        session => session.Execute(
            WorkerSql.Register,
            ("@worker", worker.Id.ToString()), ("@label", worker.Label), ("@lease_ms", (long)worker.LeaseTime.TotalMilliseconds), ("@now", Now())),
        cancellationToken);

    /// <inheritdoc/>
    public Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LockWait? wait = null;
        while (true)
        {
            SqliteException busy;
            try
            {
                lock (transacting) return Task.FromResult(Transact(ref beater, session => Beat(session, worker, held)));
            }
            catch (SqliteException error) when (LockWait.IsFor(error))
            {
                busy = error;
            }

            // On this thread: a beat has one of its own, so that it depends on no other.
            (wait ??= new LockWait(file)).Next(busy, cancellationToken);
        }
    }

    private BeatAnswer Beat(SqliteSession session, WorkerId worker, IReadOnlyCollection<JobLease> held)
    {
        var isAlive = session.Execute(WorkerSql.Beat, ("@worker", worker.ToString()), ("@now", Now())) == 1;
        return new BeatAnswer(isAlive, [.. held.Where(lease => !isAlive || FindHeld(session, lease) is null)]);
    }

    /// <inheritdoc/>
    public async Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default)
    {
        var id = worker.ToString();
        await WriteAsync(
            session => session.Execute(WorkerSql.Retire, ("@worker", id)) + session.Execute(WorkerSql.ReleaseAll, ("@worker", id)), cancellationToken);
        pulse.Signal(clock);
    }
}
