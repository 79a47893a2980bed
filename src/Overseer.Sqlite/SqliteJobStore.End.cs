using Overseer.Sqlite;
using Overseer.Sqlite.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class SqliteJobStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default)
    {
        var answers = await WriteAsync(session => End(session, endings, Now(), finished: []), cancellationToken);
        if (answers.Any(answer => answer.Accepted)) pulse.Signal(clock);
        return answers;
    }

    /// <inheritdoc/>
    public async Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handOver);
        var ended = await WriteAsync(
            session =>
            {
                var now = Now();
                var finished = new List<JobLease>();
                var answers = End(session, endings, now, finished);
                return new EndedJobs(answers, HandOver(session, finished, handOver, now));
            },
            cancellationToken);
        if (ended.Answers.Any(answer => answer.Accepted)) pulse.Signal(clock);
        return ended;
    }

    private static EndAnswer[] End(SqliteSession session, IReadOnlyList<JobEnding> endings, long now, List<JobLease> finished)
    {
        var (tally, all) = (new RunTally(), new EndAnswer[endings.Count]);
        for (var i = 0; i < all.Length; i++)
        {
            if (endings[i] is JobEnding.Finish finish)
            {
                all[i] = Finish(session, finish, tally, finished, now);
                continue;
            }

            all[i] = FindHeld(session, endings[i].Lease) is { } job ? End(session, job, endings[i], tally, now) : Repeat(session, endings[i]);
        }

        tally.Write(session, now);
        return all;
    }

    private static EndAnswer End(SqliteSession session, JobTries job, JobEnding ending, RunTally tally, long now) => ending switch
    {
        JobEnding.Fail { Reason: JobReason.Exception } fail when job.Attempt < job.MaxAttempts => TryAgain(session, job, fail, now),
        JobEnding.Fail fail => Close(session, job, JobStatus.Failed, fail.Reason, fail.Failure, tally, now),
        JobEnding.Abort abort => Close(session, job, JobStatus.Aborted, abort.Reason, abort.Failure, tally, now),
        JobEnding.Postpone postpone => Postpone(session, job, postpone, tally, now),
        JobEnding.Release => PutBack(session, job with { Attempt = job.Attempt - 1 }, runAt: null),
        _ => throw new ArgumentException($"{ending.GetType()} is no ending that a store knows.", nameof(ending)),
    };

    // The answer to the first telling may have been lost on its way, so a second one is no news but no error either.
    private static EndAnswer Repeat(SqliteSession session, JobEnding ending)
    {
        var lease = ending.Lease;
        using var row = session.Query(EndSql.Ended, ("@run", lease.Run.Number), ("@no", lease.Job), ("@lease", lease.Number));
        if (!row.Read()) return EndAnswer.Stale;
        var (status, reason) = ((JobStatus)row.GetInt32(0), row.ReasonOrNull(1));
        return ending.IsOutcome(status, reason) ? new EndAnswer(Accepted: true, status, reason) : EndAnswer.Stale;
    }

    private static EndAnswer Finish(SqliteSession session, JobEnding.Finish ending, RunTally tally, List<JobLease> finished, long now)
    {
        var lease = ending.Lease;
        var (run, no) = (lease.Run.Number, lease.Job);
        var (attempt, hasDependents) = (0, false);
        using (var row = session.Query(
            EndSql.Finish, ("@run", run), ("@no", no), ("@worker", lease.Worker.ToString()), ("@lease", lease.Number), ("@now", now)))
        {
            if (row.Read()) (attempt, hasDependents) = (row.GetInt32(0), row.GetBoolean(1));
        }

        if (attempt == 0) return Repeat(session, ending);
        if (ending.Result is { } result) session.Execute(EndSql.Result, ("@run", run), ("@no", no), ("@json", result));
        // Only a job that was put back after an exception has a failure, and that try was counted.
        if (attempt > 1) session.Execute(EndSql.ForgetFailure, ("@run", run), ("@no", no));
        if (hasDependents) session.Execute(EndSql.LowerWaiting, ("@run", run), ("@no", no), ("@now", now));
        tally.Finished(lease.Run);
        finished.Add(lease);
        return new EndAnswer(Accepted: true, JobStatus.Finished);
    }

    private static EndAnswer TryAgain(SqliteSession session, JobTries job, JobEnding.Fail fail, long now)
    {
        WriteFailure(session, job, fail.Failure);
        return PutBack(session, job, now + (long)PostponeDelay.Of(fail.Delay, job.Attempt).TotalMilliseconds);
    }

    private static EndAnswer Postpone(SqliteSession session, JobTries job, JobEnding.Postpone postpone, RunTally tally, long now)
    {
        var counted = postpone.Kind == PostponeKind.Fault
            ? job with { Attempt = job.Attempt - 1, Faults = job.Faults + 1 }
            : job with { Attempt = job.Attempt - 1, Snoozes = job.Snoozes + 1 };
        var count = postpone.Kind == PostponeKind.Fault ? counted.Faults : counted.Snoozes;
        return count > postpone.Limit
            ? Close(session, counted, JobStatus.Failed, JobReason.AttemptsExhausted, postpone.Failure, tally, now)
            : PutBack(session, counted, now + (long)PostponeDelay.Of(postpone.Delay, count).TotalMilliseconds);
    }

    private static EndAnswer PutBack(SqliteSession session, JobTries job, long? runAt)
    {
        session.Execute(
            EndSql.PutBack,
            ("@run", job.Run.Number), ("@no", job.No), ("@attempt", job.Attempt), ("@losses", job.Losses), ("@snoozes", job.Snoozes), ("@faults", job.Faults),
            ("@run_at", runAt));
        return new EndAnswer(Accepted: true, JobStatus.Unstarted);
    }

    private static void WriteFailure(SqliteSession session, JobTries job, JobFailure failure) => session.Execute(
        EndSql.Failure,
        ("@run", job.Run.Number), ("@no", job.No), ("@message", failure.Message), ("@exception", failure.Exception), ("@details", failure.Details));

    private static JobTries? FindHeld(SqliteSession session, JobLease lease)
    {
        using var row = session.Query(
            EndSql.Held, ("@run", lease.Run.Number), ("@no", lease.Job), ("@worker", lease.Worker.ToString()), ("@lease", lease.Number));
        return row.Read() ? JobTries.Read(row, lease.Run, lease.Job, column: 0) : null;
    }
}
