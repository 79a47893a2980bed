using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <summary>The run that has the job ids of this graph already, if there is one.</summary>
    /// <exception cref="JobConflictException">Some of its job ids are taken by something else.</exception>
    private async Task<RunId?> FindExistingAsync(NpgsqlConnection connection, JobGraph graph, CancellationToken cancellationToken)
    {
        string[] ids = [.. graph.Jobs.Where(job => job.Id.IsAssigned).Select(job => job.Id.Value)];
        if (ids.Length == 0) return null;
        var taken = await database.QueryAsync(
            connection, InsertSql.FindNames, [Values.Of(ids)],
            rows =>
            {
                var known = new Dictionary<string, KnownJob>(StringComparer.Ordinal);
                while (rows.Read())
                {
                    known[rows.GetString(0)] = new KnownJob(
                        new RunId(rows.GetInt64(1)), rows.GetInt32(2), rows.GetString(3), rows.TextOrNull(4), rows.BytesOrNull(5), rows.TextOrNull(6));
                }

                return known;
            },
            cancellationToken);
        if (taken.Count == 0) return null;
        var mine = graph.Jobs.Where(job => job.Id.IsAssigned && taken.ContainsKey(job.Id.Value)).ToList();
        var first = taken[mine[0].Id.Value];
        // A job without an id of its own would be lost if only the others were looked at.
        var isSame = mine.Count == graph.Jobs.Length
            ? mine.All(job => taken[job.Id.Value] is var known && known.Run == first.Run && known.Type == job.Type && known.Args == job.Args)
                && await HasSameDependenciesAsync(connection, first.Run, graph, taken, cancellationToken)
            : first.Fingerprint is { } fingerprint && graph.Fingerprint.Span.SequenceEqual(fingerprint);
        // A key that the run does not have would be lost with the insert.
        isSame &= graph.Key is null || graph.Key == first.Key;
        return isSame ? first.Run : throw new JobConflictException([.. mine.Select(job => job.Id)]);
    }

    private async Task<bool> HasSameDependenciesAsync(
        NpgsqlConnection connection, RunId run, JobGraph graph, Dictionary<string, KnownJob> known, CancellationToken cancellationToken)
    {
        int[] numbers = [.. graph.Jobs.Select(job => known[job.Id.Value].No)];
        var stored = await database.QueryAsync(
            connection, InsertSql.Dependencies, [Values.Of(run.Number), Values.Of(numbers)],
            rows =>
            {
                var edges = new HashSet<(int, int)>();
                while (rows.Read()) edges.Add((rows.GetInt32(0), rows.GetInt32(1)));
                return edges;
            },
            cancellationToken);
        return stored.SetEquals(graph.Edges.Select(edge => (numbers[edge.Dependency], numbers[edge.Dependent])));
    }

    private sealed record KnownJob(RunId Run, int No, string Type, string? Args, byte[]? Fingerprint, string? Key);
}
