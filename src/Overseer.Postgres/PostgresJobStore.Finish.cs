using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    // The most dependents that one transaction locks; a job with more has them released in pages of this, see PropagationSql.
    private const int Page = 10_000;

    private static readonly WantedTypes Nothing = new([], [], [], "");

    private async Task FinishAsync(
        IReadOnlyList<JobEnding> endings, WorkerId id, List<int> places, EndAnswer[] answers, HandOver handOver, CancellationToken cancellationToken)
    {
        if (await FindWorkerAsync(id, cancellationToken) is not { } worker) return;
        var chunk = new List<int>();
        var (dependents, isAlone) = (0, true);
        foreach (var place in places)
        {
            // Of one that this process did not see nothing is known.
            var count = worker.DependentsOf(endings[place].Lease) ?? 100;
            var locks = count > Page ? 0 : count;
            if (dependents + locks > Page)
            {
                await FinishAsync(endings, id, worker, [.. chunk], isAlone, answers, handOver, cancellationToken);
                chunk.Clear();
                (dependents, isAlone) = (0, true);
            }

            chunk.Add(place);
            dependents += locks;
            isAlone &= count == 0;
        }

        await FinishAsync(endings, id, worker, [.. chunk], isAlone, answers, handOver, cancellationToken);
    }

    private async Task FinishAsync(
        IReadOnlyList<JobEnding> endings, WorkerId id, WorkerLeases worker, int[] places, bool isAlone, EndAnswer[] answers, HandOver handOver, CancellationToken cancellationToken)
    {
        var leases = Array.ConvertAll(places, place => endings[place].Lease);
        var results = Array.ConvertAll(places, place => ((JobEnding.Finish)endings[place]).Result);
        var ended = new Dictionary<(long, int), int>(places.Length);
        foreach (var place in places) ended[(endings[place].Lease.Run.Number, endings[place].Lease.Job)] = place;
        var accepted = new List<JobLease>(places.Length);
        if (isAlone)
        {
            await AgainAsync(
                async () =>
                {
                    await using var connection = await database.OpenAsync(cancellationToken);
                    return await database.QueryByIndexAsync(
                        connection, [database.BatchCommand(FinishSql.Alone, Arguments(worker, leases, results))],
                        rows =>
                        {
                            while (rows.Read()) Accept(rows.GetInt64(0), rows.GetInt32(1));
                            return true;
                        },
                        cancellationToken);
                },
                cancellationToken);
        }
        else if (await ReleaseAsync(id, worker, leases, results, handOver, Accept, cancellationToken))
        {
            while (await PropagateAsync(cancellationToken)) SignalReady(Watermark.Lag);
        }

        worker.Remove(accepted);

        void Accept(long run, int no)
        {
            var place = ended[(run, no)];
            answers[place] = new EndAnswer(Accepted: true, JobStatus.Finished);
            accepted.Add(endings[place].Lease);
        }
    }

    private NpgsqlParameter[] Arguments(WorkerLeases worker, JobLease[] leases, string?[] results) =>
    [
        Values.Of(worker.No), Values.Of(leases.Runs()), Values.Of(leases.Numbers()), Values.Of(leases.Leases()), Values.OfTexts(results), Values.Of(stripe),
    ];

    /// <returns>Whether some job has more dependents than were released with it.</returns>
    private async Task<bool> ReleaseAsync(
        WorkerId id, WorkerLeases worker, JobLease[] leases, string?[] results, HandOver handOver, Action<long, int> accept, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var slots = handOver.SlotsFor(id);
        var wanted = slots > 0 ? await WantedTypes.FindAsync(handOver.Request!.Types, names, cancellationToken) : Nothing;
        var batch = worker.NextBatch();
        var handed = new List<ClaimedRow>();
        var stored = new Dictionary<(long, int), string?>();
        for (var i = 0; i < leases.Length && wanted.Inputs.Length > 0; i++) stored[(leases[i].Run.Number, leases[i].Job)] = results[i];
        var (hasMore, isReady) = (false, false);
        try
        {
            await AgainAsync(
                async () =>
                {
                    handed.Clear();
                    await using var connection = await database.OpenAsync(cancellationToken);
                    return await database.QueryByIndexAsync(
                        connection,
                        [
                            database.BatchCommand(FinishSql.Lock, Values.Of(leases.Runs()), Values.Of(leases.Numbers())),
                            database.BatchCommand(
                                FinishSql.Release,
                                [
                                    .. Arguments(worker, leases, results), Values.Of((long)slots), Values.Of(wanted.Types), Values.Of(batch), Values.Of(wanted.WithInputs),
                                    Values.Of(wanted.Inputs),
                                ]),
                        ],
                        rows =>
                        {
                            while (rows.Read()) ReadOne(rows);
                            return true;
                        },
                        cancellationToken);
                },
                cancellationToken);
            handed.Sort(ClaimedRow.Compare);
            await NameAsync(handed, connection: null, cancellationToken);
        }
        catch
        {
            worker.Doubt(batch);
            throw;
        }

        if (isReady) SignalReady(clock.GetElapsedTime(began));
        if (handed.Count > 0) handOver.Add(worker, [.. handed.Select(row => Give(row, id, worker, batch, wanted))]);
        worker.Came(batch);
        return hasMore;

        void ReadOne(NpgsqlDataReader rows)
        {
            if (rows.GetInt32(0) == 1)
            {
                handed.Add(WithResults(ClaimedRow.Read(rows), rows.IsDBNull(15) ? [] : rows.GetFieldValue<int[]>(15)));
                return;
            }

            accept(rows.GetInt64(1), rows.GetInt32(2));
            hasMore |= rows.GetInt32(8) > Page;
            isReady |= rows.GetInt32(9) > 0;
        }

        ClaimedRow WithResults(ClaimedRow row, int[] inputs)
        {
            for (var i = 0; i < inputs.Length; i++)
                if (stored.TryGetValue((row.Run, inputs[i]), out var result)) row.InputResults![i] = result;
            return row;
        }
    }

    /// <summary>Releases one page of one job's dependents. False if none is left that nobody else is at.</summary>
    private Task<bool> PropagateAsync(CancellationToken cancellationToken) => TransactAsync(
        async connection =>
        {
            var next = await database.QueryAsync(
                connection, PropagationSql.Take, [], rows => rows.Read() ? (rows.GetInt64(0), rows.GetInt32(1), rows.GetInt32(2)) : default((long, int, int)?), cancellationToken);
            if (next is not var (run, dep, after)) return false;
            var page = await database.QueryAsync(
                connection, PropagationSql.Page, [Values.Of(run), Values.Of(dep), Values.Of(after)],
                rows =>
                {
                    var numbers = new List<int>();
                    while (rows.Read()) numbers.Add(rows.GetInt32(0));
                    return numbers.ToArray();
                },
                cancellationToken);
            if (page.Length > 0)
            {
                await database.ExecuteAsync(connection, PropagationSql.Lock, [Values.Of(run), Values.Of(page)], cancellationToken);
                await database.ExecuteAsync(connection, PropagationSql.Release, [Values.Of(run), Values.Of(dep), Values.Of(page)], cancellationToken);
            }

            if (page.Length < Page) await database.ExecuteAsync(connection, PropagationSql.Done, [Values.Of(run), Values.Of(dep)], cancellationToken);
            else await database.ExecuteAsync(connection, PropagationSql.Advance, [Values.Of(run), Values.Of(dep), Values.Of(page[^1])], cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Does what is one transaction again if it collided with another.</summary>
    private async Task AgainAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (PostgresException error) when (PostgresErrors.IsCollision(error) && attempt < 5)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20 * attempt)), cancellationToken);
            }
            catch (Exception error) when (database.Explain(error) is { } unusable)
            {
                throw unusable;
            }
        }
    }
}
