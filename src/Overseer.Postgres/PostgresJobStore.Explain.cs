using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <inheritdoc/>
    public async Task<JobExplanation?> ExplainAsync(JobId job, CancellationToken cancellationToken = default)
    {
        if (await GetJobAsync(job, cancellationToken) is not { } found) return null;
        NpgsqlParameter[] At() => [Values.Of(found.Run.Number), Values.Of(found.Number)];
        var facts = await database.QueryAsync(QuerySql.Explain, At(), rows => rows.Read() ? JobFacts.Read(rows) : null, cancellationToken);
        // Deleted since.
        if (facts is null) return null;
        if (found.Status != JobStatus.Unstarted || found.WaitingOn == 0) return facts.Explain(found, []);
        var places = new List<(RunId Run, int No)>();
        await database.QueryAsync(
            QuerySql.WaitingFor, At(),
            rows =>
            {
                while (rows.Read()) places.Add((new RunId(rows.GetInt64(0)), rows.GetInt32(1)));
                return true;
            },
            cancellationToken);
        return facts.Explain(found, await JobsAtAsync(places, cancellationToken));
    }
}
