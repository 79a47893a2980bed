using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <inheritdoc/>
    public Task<Run?> GetRunAsync(RunId run, CancellationToken cancellationToken = default) =>
        database.QueryAsync(ReadSql.Run, [Values.Of(run.Number)], ReadRunOrNull, cancellationToken);

    /// <inheritdoc/>
    public Task<Run?> FindRunAsync(string key, CancellationToken cancellationToken = default) =>
        database.QueryAsync(ReadSql.RunByKey, [Values.OfText(key)], ReadRunOrNull, cancellationToken);

    /// <inheritdoc/>
    public async Task<Job?> GetJobAsync(JobId job, CancellationToken cancellationToken = default)
    {
        if (await FindPlaceAsync(job, cancellationToken) is not var (run, no)) return null;
        return await ListJobsAsync(run, type: null, no, limit: 1, cancellationToken) is [var found] && found.Number == no ? found : null;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> ListJobsAsync(
        RunId run, string? type = null, int from = 0, int limit = 1000, CancellationToken cancellationToken = default) => database.QueryAsync(
        ReadSql.Jobs, [Values.Of(run.Number), Values.Of(from), Values.OfText(type), Values.Of(limit)],
        rows =>
        {
            var jobs = new List<Job>();
            while (rows.Read()) jobs.Add(ReadJob(rows));
            return (IReadOnlyList<Job>)jobs;
        },
        cancellationToken);

    private async Task<(RunId Run, int No)?> FindPlaceAsync(JobId job, CancellationToken cancellationToken)
    {
        if (!job.IsAssigned) return null;
        if (JobId.TryParse(job.Value, out var run, out var no)) return (run, no);
        return await database.QueryAsync(
            ReadSql.FindName, [Values.OfText(job.Value)], rows => rows.Read() ? (new RunId(rows.GetInt64(0)), rows.GetInt32(1)) : default((RunId, int)?), cancellationToken);
    }

    private static Run? ReadRunOrNull(NpgsqlDataReader row) => row.Read() ? ReadRun(row) : null;

    private static Run ReadRun(NpgsqlDataReader row)
    {
        var status = row.GetString(4) switch
        {
            "active" => RunStatus.Active,
            "failed" => RunStatus.Failed,
            "aborted" => RunStatus.Aborted,
            _ => RunStatus.Finished,
        };
        return new Run(
            new RunId(row.GetInt64(0)), row.TextOrNull(1), row.GetString(2), row.GetString(3), status, row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8),
            row.Time(9), row.TimeOrNull(10));
    }

    private static Job ReadJob(NpgsqlDataReader row)
    {
        var (run, no) = (new RunId(row.GetInt64(25)), row.GetInt32(0));
        return new Job(row.GetString(2))
        {
            Id = row.TextOrNull(1) is { } id ? new JobId(id) : JobId.For(run, no),
            Run = run,
            Number = no,
            Status = (JobStatus)row.GetInt16(3),
            Reason = row.ReasonOrNull(4),
            Attempt = row.GetInt16(5),
            MaxAttempts = row.GetInt16(6),
            Losses = row.GetInt16(7),
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

    private static JobFailure? ReadClosure(NpgsqlDataReader row, RunId run)
    {
        if (row.IsDBNull(20)) return null;
        var id = row.TextOrNull(22) is { } chosen ? new JobId(chosen) : JobId.For(run, row.GetInt32(20));
        return JobFailures.DependencyEnded(row.GetString(21), id, (JobStatus)row.GetInt16(23), row.ReasonOrNull(24));
    }
}
