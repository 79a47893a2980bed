using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <summary>Inserts graphs in the connection's transaction. What somebody may have inserted before is looked for first, so that a conflict leaves nothing behind.</summary>
    private async Task<InsertAnswer[]> InsertAllAsync(NpgsqlConnection connection, NewRun[] runs, CancellationToken cancellationToken)
    {
        var answers = new InsertAnswer[runs.Length];
        var known = await FindKeysAsync(connection, runs, cancellationToken);
        var (fresh, twins, firsts) = (new List<int>(), new List<(int Twin, int First)>(), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < runs.Length; i++)
        {
            var graph = runs[i].Graph;
            if (graph.Key is { } key && known.TryGetValue(key, out var run))
                answers[i] = new InsertAnswer(Same(graph, run.Run, run.Fingerprint), AlreadyExisted: true);
            else if (runs[i].HasNames && await FindExistingAsync(connection, graph, cancellationToken) is { } existing)
                answers[i] = new InsertAnswer(existing, AlreadyExisted: true);
            else if (graph.Key is null || firsts.TryAdd(graph.Key, i))
                fresh.Add(i);
            else
                twins.Add((i, firsts[graph.Key]));
        }

        foreach (var (twin, first) in twins) Same(runs[twin].Graph, default, runs[first].Fingerprint);
        if (fresh.Count > 0)
        {
            var copied = await CopyAsync(connection, [.. fresh.Select(i => runs[i])], cancellationToken);
            for (var i = 0; i < copied.Length; i++) answers[fresh[i]] = copied[i];
            await database.ExecuteAsync(connection, InsertSql.Notify, [], cancellationToken);
        }

        foreach (var (twin, first) in twins) answers[twin] = answers[first] with { AlreadyExisted = true };
        return answers;
    }

    private async Task<Dictionary<string, (RunId Run, byte[]? Fingerprint)>> FindKeysAsync(NpgsqlConnection connection, NewRun[] runs, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, (RunId, byte[]?)>(StringComparer.Ordinal);
        string[] keys = [.. runs.Select(run => run.Graph.Key).OfType<string>()];
        if (keys.Length == 0) return known;
        return await database.QueryAsync(
            connection, InsertSql.FindKeys, [Values.Of(keys)],
            rows =>
            {
                while (rows.Read()) known[rows.GetString(0)] = (new RunId(rows.GetInt64(1)), rows.BytesOrNull(2));
                return known;
            },
            cancellationToken);
    }

    private async Task<InsertAnswer[]> CopyAsync(NpgsqlConnection connection, NewRun[] runs, CancellationToken cancellationToken)
    {
        var (ids, now) = await database.QueryAsync(
            connection, InsertSql.NewRuns, [Values.Of(runs.Length)],
            rows => rows.Read() ? (rows.GetFieldValue<long[]>(0), rows.GetDateTime(1)) : throw new InvalidOperationException("No numbers came for new runs."),
            cancellationToken);
        await CopyAsync(connection, InsertSql.CopyRuns, runs, (writer, run, i, _) => WriteRun(writer, run, ids[i], now), static _ => 1, cancellationToken);
        await CopyAsync(connection, InsertSql.CopyJobs, runs, (writer, run, i, no) => WriteJob(writer, run, ids[i], no, now), JobsOf, cancellationToken);
        await CopyAsync(connection, InsertSql.CopyReady, runs, (writer, run, i, no) => WriteReady(writer, run, ids[i], no, now), JobsOf, cancellationToken);
        if (runs.Any(run => run.Graph.Edges.Length > 0))
        {
            await CopyAsync(
                connection, InsertSql.CopyEdges, runs, (writer, run, i, edge) => WriteEdge(writer, run.Graph.Edges[edge], ids[i]), static run => run.Graph.Edges.Length, cancellationToken);
        }

        if (runs.Any(run => run.MoreArgs.Count > 0))
            await CopyAsync(connection, InsertSql.CopyArgs, runs, (writer, run, i, place) => WriteArgs(writer, run, ids[i], place), static run => run.MoreArgs.Count, cancellationToken);
        if (runs.Any(run => run.HasNames))
            await CopyAsync(connection, InsertSql.CopyNames, runs, (writer, run, i, no) => WriteName(writer, run.Graph.Jobs[no], ids[i], no), JobsOf, cancellationToken);
        return [.. ids.Select(id => new InsertAnswer(new RunId(id), AlreadyExisted: false))];
    }

    private async Task CopyAsync(
        NpgsqlConnection connection, string sql, NewRun[] runs, Action<CopyWriter, NewRun, int, int> write, Func<NewRun, int> count, CancellationToken cancellationToken)
    {
        await using var writer = await CopyWriter.BeginAsync(connection, database.Schema.Of(sql), cancellationToken);
        for (var i = 0; i < runs.Length; i++)
        {
            var rows = count(runs[i]);
            for (var row = 0; row < rows; row++)
            {
                write(writer, runs[i], i, row);
                if (writer.IsFull) await writer.FlushAsync(cancellationToken);
            }
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private void WriteRun(CopyWriter writer, NewRun run, long id, DateTime now)
    {
        writer.StartRow(7);
        writer.Write(id);
        writer.Write(now);
        writer.Write(names.GraphOf(run.Graph.Name, run.Graph.Version));
        writer.Write(run.Graph.Jobs.Length);
        writer.Write(run.Graph.Key);
        writer.Write(run.Args);
        writer.Write(run.Fingerprint);
    }

    private void WriteJob(CopyWriter writer, NewRun run, long id, int no, DateTime now)
    {
        var job = run.Graph.Jobs[no];
        writer.StartRow(10);
        writer.Write(id);
        writer.Write(Due(job, now));
        writer.Write(no);
        writer.Write(names.TypeOf(job.Type));
        writer.Write(run.Waiting[no]);
        writer.Write(run.Dependents[no]);
        if (run.ArgsSlots[no] < 0) writer.Null();
        else writer.Write(run.ArgsSlots[no]);
        writer.Write((short)job.MaxAttempts);
        writer.Write(run.Waiting.Length == 1);
        writer.Write(job.Id.IsAssigned);
    }

    private void WriteReady(CopyWriter writer, NewRun run, long id, int no, DateTime now)
    {
        if (run.Waiting[no] > 0) return;
        writer.StartRow(5);
        writer.Write(Due(run.Graph.Jobs[no], now));
        writer.Write(id);
        writer.Write(no);
        writer.Write(names.TypeOf(run.Graph.Jobs[no].Type));
        writer.Write(false);
    }

    private static void WriteEdge(CopyWriter writer, JobEdge edge, long id)
    {
        writer.StartRow(3);
        writer.Write(id);
        writer.Write(edge.Dependency);
        writer.Write(edge.Dependent);
    }

    private static void WriteArgs(CopyWriter writer, NewRun run, long id, int place)
    {
        writer.StartRow(3);
        writer.Write(id);
        writer.Write(place + 1);
        writer.Write(run.MoreArgs[place]);
    }

    private static void WriteName(CopyWriter writer, Job job, long id, int no)
    {
        if (!job.Id.IsAssigned) return;
        writer.StartRow(3);
        writer.Write(job.Id.Value);
        writer.Write(id);
        writer.Write(no);
    }

    private static int JobsOf(NewRun run) => run.Waiting.Length;

    private static DateTime Due(Job job, DateTime now) => NewRun.RunAt(job) is var asked && asked > now ? asked : now;
}
