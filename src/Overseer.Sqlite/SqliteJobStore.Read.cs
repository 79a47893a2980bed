using Microsoft.Data.Sqlite;
using Overseer.Sqlite;
using Overseer.Sqlite.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class SqliteJobStore
{
    /// <inheritdoc/>
    public Task<Run?> GetRunAsync(RunId run, CancellationToken cancellationToken = default) =>
        ReadAsync(session => ReadRun(session.Query(ReadSql.Run, ("@run", run.Number))), cancellationToken);

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(string key, CancellationToken cancellationToken = default) =>
        ReadAsync(session => ReadRun(session.Query(ReadSql.RunByKey, ("@key", key))), cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default) =>
        ReadAsync(session => FindPlace(session, job) is var (run, no) ? FindJob(session, run, no) : null, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> ListJobsAsync(
        RunId run, string? type = null, int from = 0, int limit = 1000, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<Job>>(session => ReadJobs(session, run, type, from, limit), cancellationToken);

    // SQLite reads on the calling thread, and need not wait for those who write; only for one that opens or closes the file just now.
    private Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => WhenUnlockedAsync(() => Read(work), cancellationToken);

    private static (RunId Run, int No)? FindPlace(SqliteSession session, JobId job)
    {
        if (!job.IsAssigned) return null;
        if (JobId.TryParse(job.Value, out var run, out var no)) return (run, no);
        using var row = session.Query(ReadSql.FindName, ("@id", job.Value));
        return row.Read() ? (new RunId(row.GetInt64(0)), row.GetInt32(1)) : null;
    }

    private static Job? FindJob(SqliteSession session, RunId run, int no) =>
        ReadJobs(session, run, type: null, no, limit: 1) is [var job] && job.Number == no ? job : null;

    private static List<Job> ReadJobs(SqliteSession session, RunId run, string? type, int from, int limit)
    {
        var jobs = new List<Job>();
        using var rows = session.Query(ReadSql.Jobs, ("@run", run.Number), ("@from", from), ("@type", type), ("@limit", limit));
        while (rows.Read()) jobs.Add(ReadJob(rows, run));
        return jobs;
    }

    private static Run? ReadRun(SqliteDataReader row)
    {
        using (row)
        {
            if (!row.Read()) return null;
            var (jobs, finished, failed, aborted) = (row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7));
            var status = finished + failed + aborted < jobs ? RunStatus.Active
                : failed > 0 ? RunStatus.Failed
                : row.GetInt32(8) > 0 ? RunStatus.Aborted
                : RunStatus.Finished;
            return new Run(
                new RunId(row.GetInt64(0)), row.TextOrNull(1), row.GetString(2), row.GetString(3), status, jobs, finished, failed, aborted,
                row.Time(9), row.TimeOrNull(10));
        }
    }

    private static Job ReadJob(SqliteDataReader row, RunId run)
    {
        var no = row.GetInt32(0);
        return new Job(row.GetString(2))
        {
            Id = row.TextOrNull(1) is { } id ? new JobId(id) : JobId.For(run, no),
            Run = run,
            Number = no,
            Status = (JobStatus)row.GetInt32(3),
            Reason = row.ReasonOrNull(4),
            Attempt = row.GetInt32(5),
            MaxAttempts = row.GetInt32(6),
            Losses = row.GetInt32(7),
            WaitingOn = row.GetInt32(8),
            RunAt = row.Time(9),
            StartedAt = row.TimeOrNull(10),
            FinishedAt = row.TimeOrNull(11),
            CreatedAt = row.Time(12),
            Args = row.TextOrNull(13),
            Result = row.TextOrNull(14),
            Failure = row.TextOrNull(15) is { } message ? new JobFailure(message, row.TextOrNull(16), row.TextOrNull(17)) : ReadClosure(row, run),
            Worker = row.TextOrNull(18),
            Heartbeat = row.TimeOrNull(19),
        };
    }

    private static JobFailure? ReadClosure(SqliteDataReader row, RunId run)
    {
        if (row.IsDBNull(20)) return null;
        var id = row.TextOrNull(22) is { } chosen ? new JobId(chosen) : JobId.For(run, row.GetInt32(20));
        return JobFailures.DependencyEnded(row.GetString(21), id, (JobStatus)row.GetInt32(23), row.ReasonOrNull(24));
    }
}
