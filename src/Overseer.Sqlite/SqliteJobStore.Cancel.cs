using Overseer.Sqlite;
using Overseer.Sqlite.Sql;

namespace Overseer;

public sealed partial class SqliteJobStore
{
    /// <inheritdoc/>
    public async Task<int> CancelRunAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var cancelled = await WriteAsync(
            session =>
            {
                var (now, tally) = (Now(), new RunTally());
                session.Execute(CancelSql.Collect, ("@run", run.Number));
                session.Execute(CloseSql.RaiseClosed, ("@run", run.Number));
                session.Execute(CancelSql.ForgetFailures, ("@run", run.Number));
                var jobs = session.Execute(CancelSql.Abort, ("@run", run.Number), ("@now", now));
                session.Execute(CloseSql.Clear);
                if (jobs > 0) tally.Aborted(run, jobs, JobReason.Cancelled);
                tally.Write(session, now);
                return jobs;
            },
            cancellationToken);
        if (cancelled > 0) pulse.Signal();
        return cancelled;
    }

    /// <inheritdoc/>
    public async Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default)
    {
        var isCancelled = await WriteAsync(
            session =>
            {
                if (FindPlace(session, job) is not var (run, no) || FindOpen(session, run, no) is not { } open) return false;
                var (now, tally) = (Now(), new RunTally());
                Close(session, open, JobStatus.Aborted, JobReason.Cancelled, failure: null, tally, now);
                tally.Write(session, now);
                return true;
            },
            cancellationToken);
        if (isCancelled) pulse.Signal();
        return isCancelled;
    }

    /// <inheritdoc/>
    public async Task<int> RetryFailedAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var reopened = await WriteAsync(
            session =>
            {
                session.Execute(RetrySql.ForgetFailures, ("@run", run.Number));
                var jobs = session.Execute(RetrySql.Reopen, ("@run", run.Number), ("@now", Now()));
                if (jobs > 0) session.Execute(RetrySql.Uncount, ("@run", run.Number));
                return jobs;
            },
            cancellationToken);
        if (reopened > 0) pulse.Signal();
        return reopened;
    }

    private static JobTries? FindOpen(SqliteSession session, RunId run, int no)
    {
        using var row = session.Query(CancelSql.OpenJob, ("@run", run.Number), ("@no", no));
        return row.Read() ? JobTries.Read(row, run, no, column: 0) : null;
    }
}
