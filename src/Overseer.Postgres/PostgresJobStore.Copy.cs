using Npgsql;
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
            rows => rows.Read() ? (rows.GetFieldValue<long[]>(0), rows.GetDateTime(1)) : throw new InvalidOperationException("No numbers came for new runs."),
            cancellationToken);
        try
        {
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
