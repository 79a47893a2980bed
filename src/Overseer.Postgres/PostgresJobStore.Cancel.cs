using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <inheritdoc/>
    public async Task<int> CancelRunAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var cancelled = await TransactAsync(
            async connection =>
            {
                if (!await LockRunAsync(connection, run, cancellationToken)) return 0;
                var jobs = await database.QueryAsync(connection, CancelSql.Run, [Values.Of(run.Number)], rows => rows.Read() ? rows.GetInt32(0) : 0, cancellationToken);
                if (jobs == 0) return jobs;
                var tally = new RunTally();
                tally.Closed(run, jobs, JobReason.Cancelled);
                await WriteTallyAsync(connection, tally, cancellationToken);
                return jobs;
            },
            cancellationToken);
        if (cancelled > 0) Signal();
        return cancelled;
    }

    /// <inheritdoc/>
    public async Task<bool> CancelJobAsync(JobId job, CancellationToken cancellationToken = default)
    {
        if (await FindPlaceAsync(job, cancellationToken) is not var (run, no)) return false;
        var isCancelled = await TransactAsync(
            async connection =>
            {
                long[] runs = [run.Number];
                int[] numbers = [no];
                await database.ExecuteAsync(connection, CloseSql.LockRuns, [Values.Of(runs)], cancellationToken);
                await database.ExecuteAsync(
                    connection, CloseSql.LockJobs, [Values.Of(runs), Values.Of(numbers), Values.Of(runs), Values.Of(numbers)], cancellationToken);
                var open = await database.QueryAsync(
                    connection, CancelSql.OpenJob, [Values.Of(run.Number), Values.Of(no)],
                    rows => rows.Read()
                        ? (JobTries.Read(rows, run, no, column: 0), IsReady: rows.GetInt16(6) == 0 && rows.GetInt32(7) == 0, Type: rows.GetInt32(8), Due: rows.GetDateTime(9))
                        : default((JobTries Job, bool IsReady, int Type, DateTime Due)?),
                    cancellationToken);
                if (open is not var (found, isReady, type, due)) return false;
                if (isReady)
                {
                    await database.ExecuteAsync(
                        connection, found.Losses > 0 ? CancelSql.TakeFromSuspects : CancelSql.TakeFromReady,
                        [Values.Of(type), Values.Of(due), Values.Of(run.Number), Values.Of(no)], cancellationToken);
                }

                await database.ExecuteAsync(connection, EndSql.ForgetFailure, [Values.Of(run.Number), Values.Of(no)], cancellationToken);
                var tally = new RunTally();
                await EndBadlyAsync(connection, [new BadEnd(found, JobStatus.Aborted, JobReason.Cancelled)], tally, cancellationToken);
                await WriteTallyAsync(connection, tally, cancellationToken);
                return true;
            },
            cancellationToken);
        if (isCancelled) Signal();
        return isCancelled;
    }

    /// <inheritdoc/>
    public async Task<int> RetryFailedAsync(RunId run, CancellationToken cancellationToken = default)
    {
        var reopened = await TransactAsync(
            async connection =>
            {
                if (!await LockRunAsync(connection, run, cancellationToken)) return 0;
                var (failed, aborted, aloud) = await database.QueryAsync(
                    connection, RetrySql.Reopen, [Values.Of(run.Number)],
                    rows => rows.Read() ? (rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2)) : default, cancellationToken);
                if (failed + aborted > 0)
                {
                    var tally = new RunTally();
                    tally.Add(run, -failed, -aborted, -aloud);
                    await WriteTallyAsync(connection, tally, cancellationToken);
                }

                return failed + aborted;
            },
            cancellationToken);
        if (reopened > 0) PutBackHere();
        return reopened;
    }

    /// <summary>Locks a run and all of its jobs. False if there is none.</summary>
    private async Task<bool> LockRunAsync(NpgsqlConnection connection, RunId run, CancellationToken cancellationToken)
    {
        long[] runs = [run.Number];
        if (await database.QueryAsync(connection, CloseSql.LockRuns, [Values.Of(runs)], rows => rows.Read() ? rows.GetInt64(0) : 0, cancellationToken) == 0) return false;
        await database.ExecuteAsync(connection, CancelSql.LockAll, [Values.Of(run.Number)], cancellationToken);
        return true;
    }
}
