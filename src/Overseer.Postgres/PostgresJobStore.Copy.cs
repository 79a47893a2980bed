using Npgsql;
using NpgsqlTypes;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <summary>Inserts graphs in the connection's transaction: what is new by COPY, and what somebody may have inserted before one by one.</summary>
    private async Task<InsertAnswer[]> InsertAllAsync(NpgsqlConnection connection, NewRun[] runs, CancellationToken cancellationToken)
    {
        var answers = new InsertAnswer[runs.Length];
        var fresh = new List<int>();
        for (var i = 0; i < runs.Length; i++)
        {
            var run = runs[i];
            if (run.Graph.Key is null && !run.HasNames)
            {
                fresh.Add(i);
                continue;
            }

            if (IsSmall(run))
            {
                // Read committed: the next statement sees what another committed meanwhile.
                InsertAnswer? answer = null;
                while (answer is null) answer = await InsertSmallAsync(connection, run, cancellationToken);
                answers[i] = answer.Value;
            }
            else if (await FindExistingAsync(connection, run.Graph, cancellationToken) is { } existing)
            {
                answers[i] = new InsertAnswer(existing, AlreadyExisted: true);
            }
            else
            {
                answers[i] = (await CopyAsync(connection, [run], cancellationToken))[0];
            }
        }

        if (fresh.Count > 0)
        {
            var copied = await CopyAsync(connection, [.. fresh.Select(i => runs[i])], cancellationToken);
            for (var i = 0; i < copied.Length; i++) answers[fresh[i]] = copied[i];
        }

        await database.ExecuteAsync(connection, InsertSql.Notify, [], cancellationToken);
        return answers;
    }

    private async Task<InsertAnswer[]> CopyAsync(NpgsqlConnection connection, NewRun[] runs, CancellationToken cancellationToken)
    {
        var (ids, now) = await database.QueryAsync(
            connection, InsertSql.NewRuns, [Values.Of(runs.Length)],
            rows =>
            {
                var (numbers, time, i) = (new long[runs.Length], default(DateTime), 0);
                while (rows.Read()) (numbers[i++], time) = (rows.GetInt64(0), rows.GetDateTime(1));
                return (numbers, time);
            },
            cancellationToken);
        try
        {
            await CopyAsync(connection, InsertSql.CopyRuns, runs, (writer, run, i) => WriteRun(writer, run, ids[i], now), cancellationToken);
            await CopyAsync(connection, InsertSql.CopyJobs, runs, (writer, run, i) => WriteJobs(writer, run, ids[i], now), cancellationToken);
            await CopyAsync(connection, InsertSql.CopyReady, runs, (writer, run, i) => WriteReady(writer, run, ids[i], now), cancellationToken);
            if (runs.Any(run => run.Graph.Edges.Length > 0))
                await CopyAsync(connection, InsertSql.CopyEdges, runs, (writer, run, i) => WriteEdges(writer, run, ids[i]), cancellationToken);
            if (runs.Any(run => run.MoreArgs.Count > 0))
                await CopyAsync(connection, InsertSql.CopyArgs, runs, (writer, run, i) => WriteArgs(writer, run, ids[i]), cancellationToken);
            if (runs.Any(run => run.HasNames))
                await CopyAsync(connection, InsertSql.CopyNames, runs, (writer, run, i) => WriteNames(writer, run, ids[i]), cancellationToken);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation && error.ConstraintName is "job_name_pkey")
        {
            throw new JobConflictException([.. runs.SelectMany(run => run.Graph.Jobs).Where(job => job.Id.IsAssigned).Select(job => job.Id)]);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation && error.ConstraintName is "run_key" && runs is [{ Graph.Key: { } key }])
        {
            // Somebody else committed it since it was looked for.
            throw new JobConflictException(key, default);
        }

        return [.. ids.Select(id => new InsertAnswer(new RunId(id), AlreadyExisted: false))];
    }

    private async Task CopyAsync(
        NpgsqlConnection connection, string sql, NewRun[] runs, Action<NpgsqlBinaryImporter, NewRun, int> write, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync(database.Schema.Of(sql), cancellationToken);
        for (var i = 0; i < runs.Length; i++)
        {
            write(writer, runs[i], i);
            if (i % 1000 == 999) cancellationToken.ThrowIfCancellationRequested();
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private void WriteRun(NpgsqlBinaryImporter writer, NewRun run, long id, DateTime now)
    {
        writer.StartRow();
        writer.Write(id, NpgsqlDbType.Bigint);
        writer.Write(now, NpgsqlDbType.TimestampTz);
        writer.Write(names.GraphOf(run.Graph.Name, run.Graph.Version), NpgsqlDbType.Integer);
        writer.Write(run.Graph.Jobs.Length, NpgsqlDbType.Integer);
        WriteText(writer, run.Graph.Key);
        WriteText(writer, run.Args);
        if (run.Fingerprint is { } fingerprint) writer.Write(fingerprint, NpgsqlDbType.Bytea);
        else writer.WriteNull();
    }

    private void WriteJobs(NpgsqlBinaryImporter writer, NewRun run, long id, DateTime now)
    {
        for (var no = 0; no < run.Waiting.Length; no++)
        {
            var job = run.Graph.Jobs[no];
            writer.StartRow();
            writer.Write(id, NpgsqlDbType.Bigint);
            writer.Write(Due(job, now), NpgsqlDbType.TimestampTz);
            writer.Write(no, NpgsqlDbType.Integer);
            writer.Write(names.TypeOf(job.Type), NpgsqlDbType.Integer);
            writer.Write(run.Waiting[no], NpgsqlDbType.Integer);
            writer.Write(run.Dependents[no], NpgsqlDbType.Integer);
            if (run.ArgsSlots[no] < 0) writer.WriteNull();
            else writer.Write(run.ArgsSlots[no], NpgsqlDbType.Integer);
            writer.Write((short)job.MaxAttempts, NpgsqlDbType.Smallint);
            writer.Write(run.Waiting.Length == 1, NpgsqlDbType.Boolean);
            writer.Write(job.Id.IsAssigned, NpgsqlDbType.Boolean);
        }
    }

    private void WriteReady(NpgsqlBinaryImporter writer, NewRun run, long id, DateTime now)
    {
        for (var no = 0; no < run.Waiting.Length; no++)
        {
            if (run.Waiting[no] > 0) continue;
            writer.StartRow();
            writer.Write(Due(run.Graph.Jobs[no], now), NpgsqlDbType.TimestampTz);
            writer.Write(id, NpgsqlDbType.Bigint);
            writer.Write(no, NpgsqlDbType.Integer);
            writer.Write(names.TypeOf(run.Graph.Jobs[no].Type), NpgsqlDbType.Integer);
            writer.Write(false, NpgsqlDbType.Boolean);
        }
    }

    private static void WriteEdges(NpgsqlBinaryImporter writer, NewRun run, long id)
    {
        foreach (var edge in run.Graph.Edges)
        {
            writer.StartRow();
            writer.Write(id, NpgsqlDbType.Bigint);
            writer.Write(edge.Dependency, NpgsqlDbType.Integer);
            writer.Write(edge.Dependent, NpgsqlDbType.Integer);
        }
    }

    private static void WriteArgs(NpgsqlBinaryImporter writer, NewRun run, long id)
    {
        var slot = 1;
        foreach (var args in run.MoreArgs)
        {
            writer.StartRow();
            writer.Write(id, NpgsqlDbType.Bigint);
            writer.Write(slot++, NpgsqlDbType.Integer);
            writer.Write(args, NpgsqlDbType.Text);
        }
    }

    private static void WriteNames(NpgsqlBinaryImporter writer, NewRun run, long id)
    {
        for (var no = 0; no < run.Waiting.Length; no++)
        {
            if (!run.Graph.Jobs[no].Id.IsAssigned) continue;
            writer.StartRow();
            writer.Write(run.Graph.Jobs[no].Id.Value, NpgsqlDbType.Text);
            writer.Write(id, NpgsqlDbType.Bigint);
            writer.Write(no, NpgsqlDbType.Integer);
        }
    }

    private static void WriteText(NpgsqlBinaryImporter writer, string? text)
    {
        if (text is null) writer.WriteNull();
        else writer.Write(text, NpgsqlDbType.Text);
    }

    private static DateTime Due(Job job, DateTime now) => NewRun.RunAt(job) is var asked && asked > now ? asked : now;
}
