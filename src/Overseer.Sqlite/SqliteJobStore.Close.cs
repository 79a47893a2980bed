using Overseer.Sqlite;
using Overseer.Sqlite.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class SqliteJobStore
{
    /// <summary>Ends a job badly and aborts every unstarted job behind it.</summary>
    private static EndAnswer Close(
        SqliteSession session, JobTries job, JobStatus status, JobReason reason, JobFailure? failure, RunTally tally, long now)
    {
        var (run, no) = (job.Run.Number, job.No);
        session.Execute(
            EndSql.EndBadly,
            ("@run", run), ("@no", no), ("@status", (int)status), ("@reason", (int)reason), ("@attempt", job.Attempt), ("@losses", job.Losses),
            ("@snoozes", job.Snoozes), ("@faults", job.Faults), ("@now", now));
        if (failure is not null) WriteFailure(session, job, failure);
        else session.Execute(EndSql.ForgetFailure, ("@run", run), ("@no", no));
        tally.Ended(job.Run, status, reason);

        if (session.Scalar(CloseSql.HasDependents, ("@run", run), ("@no", no)) is not null)
        {
            var closure = status == JobStatus.Failed ? JobReason.DependencyFailed : JobReason.DependencyAborted;
            session.Execute(CloseSql.Collect, ("@run", run), ("@no", no));
            session.Execute(CloseSql.RaiseClosed, ("@run", run));
            tally.Aborted(job.Run, session.Execute(CloseSql.Abort, ("@run", run), ("@reason", (int)closure), ("@now", now)), closure);
            session.Execute(CloseSql.Clear);
        }

        return new EndAnswer(Accepted: true, status, reason);
    }
}
