using System.Data;
using System.Data.Common;
using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    // Up to here one statement with arrays is quicker than COPY, which takes a round trip per table.
    private const int SmallGraph = 500;

    /// <inheritdoc/>
    public async Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default)
    {
        var began = clock.GetTimestamp();
        var run = NewRun.Of(graph);
        await KnowAsync([run], cancellationToken);
        var answer = IsSmall(run)
            ? await InsertSmallAsync(run, cancellationToken)
            : (await TransactAsync(connection => InsertAllAsync(connection, [run], cancellationToken), cancellationToken))[0];
        if (!answer.AlreadyExisted) SignalReady(clock.GetElapsedTime(began));
        return answer;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default)
    {
        if (graphs.Count == 0) return [];
        var began = clock.GetTimestamp();
        var runs = new NewRun[graphs.Count];
        Parallel.For(0, runs.Length, i => runs[i] = NewRun.Of(graphs[i]));
        await KnowAsync(runs, cancellationToken);
        var answers = await TransactAsync(connection => InsertAllAsync(connection, runs, cancellationToken), cancellationToken);
        if (answers.Any(answer => !answer.AlreadyExisted)) SignalReady(clock.GetElapsedTime(began));
        return answers;
    }

    /// <summary>Inserts a graph within a transaction of the caller's: it is there when that is committed, with all else that it wrote, or not at all.</summary>
    /// <remarks>
    /// Whatever this throws about the graph, the transaction stays usable. What is inserted locks nothing that others work on; only an insert
    /// under the same run key or of the same job ids waits until the transaction ends.
    /// </remarks>
    /// <param name="graph">The graph.</param>
    /// <param name="transaction">A <see cref="NpgsqlTransaction"/> on this store's database.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="JobConflictException">The run key or some job ids are taken by something else.</exception>
    /// <exception cref="ArgumentException">It is no transaction of Npgsql, or it has ended.</exception>
    public async Task<InsertAnswer> InsertAsync(JobGraph graph, DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var mine = transaction as NpgsqlTransaction ?? throw new ArgumentException(
            $"{transaction.GetType()} is no transaction on PostgreSQL. Pass an NpgsqlTransaction (with EF Core: Database.CurrentTransaction.GetDbTransaction()).", nameof(transaction));
        var connection = ConnectionOf(mine) ?? throw new ArgumentException("The transaction has ended. Insert before it is committed or rolled back.", nameof(transaction));
        var run = NewRun.Of(graph);
        await KnowAsync([run], cancellationToken);
        const string Savepoint = "overseer_insert";
        for (var attempt = 1; ; attempt++)
        {
            await mine.SaveAsync(Savepoint, cancellationToken);
            try
            {
                var answers = await InsertAllAsync(connection, [run], cancellationToken);
                await mine.ReleaseAsync(Savepoint, cancellationToken);
                return answers[0];
            }
            catch (Exception error) when (connection.State == ConnectionState.Open)
            {
                await mine.RollbackAsync(Savepoint, CancellationToken.None);
                // Somebody inserted the same since it was looked for: the next look finds it.
                if (error is not PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } || !PostgresErrors.IsCollision(error) || attempt == 5) throw;
            }
        }
    }

    private static NpgsqlConnection? ConnectionOf(NpgsqlTransaction transaction)
    {
        try
        {
            // Asked of one that has ended, this throws, and the connection does not.
            _ = transaction.IsolationLevel;
            return transaction.Connection;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsSmall(NewRun run) => !run.HasNames && run.Graph.Jobs.Length + run.Graph.Edges.Length <= SmallGraph;

    // Before the transaction: names are added in one of their own.
    private async Task KnowAsync(NewRun[] runs, CancellationToken cancellationToken)
    {
        await names.KnowTypesAsync(runs.SelectMany(run => run.Graph.Jobs, (_, job) => job.Type), cancellationToken);
        await names.KnowGraphsAsync(runs.Select(run => (run.Graph.Name, run.Graph.Version)), cancellationToken);
    }

    private async Task<InsertAnswer> InsertSmallAsync(NewRun run, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var connection = await database.OpenAsync(cancellationToken);
            if (await InsertSmallAsync(connection, run, cancellationToken) is { } answer) return answer;
        }
    }

    /// <returns>Null if another committed a run with this key at this moment: the next try sees it.</returns>
    private async Task<InsertAnswer?> InsertSmallAsync(NpgsqlConnection connection, NewRun run, CancellationToken cancellationToken)
    {
        var graph = run.Graph;
        var insert = database.BatchCommand(
            InsertSql.Graph,
            Values.OfText(graph.Key), Values.Of(names.GraphOf(graph.Name, graph.Version)), Values.Of(graph.Jobs.Length), Values.OfText(run.Args), Values.OfBytes(run.Fingerprint),
            Values.Of(graph.Jobs.Select(job => names.TypeOf(job.Type)).ToArray()), Values.Of(run.Waiting), Values.Of(run.Dependents), Values.Of(run.ArgsSlots),
            Values.Of(graph.Jobs.Select(job => (short)job.MaxAttempts).ToArray()), Values.OfTimes([.. graph.Jobs.Select(NewRun.RunAt)]),
            Values.Of(graph.Edges.Select(edge => edge.Dependency).ToArray()), Values.Of(graph.Edges.Select(edge => edge.Dependent).ToArray()),
            Values.OfTexts([.. run.MoreArgs]));
        var (added, known, fingerprint) = await database.QueryByIndexAsync(
            connection, [insert],
            rows => rows.Read()
                ? (rows.IsDBNull(0) ? (long?)null : rows.GetInt64(0), rows.IsDBNull(1) ? (long?)null : rows.GetInt64(1), rows.BytesOrNull(2))
                : throw new InvalidOperationException("An insert came back without an answer."),
            cancellationToken);
        if (added is { } id) return new InsertAnswer(new RunId(id), AlreadyExisted: false);
        return known is { } existing ? new InsertAnswer(Same(graph, new RunId(existing), fingerprint), AlreadyExisted: true) : null;
    }

    private static RunId Same(JobGraph graph, RunId existing, byte[]? fingerprint) =>
        graph.Options.UseExistingRun || (fingerprint is not null && graph.Fingerprint.Span.SequenceEqual(fingerprint))
            ? existing
            : throw new JobConflictException(graph.Key!, existing);
}
