using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    private static readonly DueJob Unbounded = new(DateTime.MaxValue, 0, 0);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Types.Count == 0 || await FindWorkerAsync(request.Worker, cancellationToken) is not { } worker) return [];
        var wanted = await WantedTypes.FindAsync(request.Types, names, cancellationToken);
        if (worker.Doubts.Count > 0) await SettleAsync(worker, all: false, cancellationToken);
        var limit = worker.HoldsSuspect ? request.Slots : request.Slots + request.Prefetch;
        if (limit <= 0) return [];
        var few = await ClaimWokenAsync(request, worker, wanted, cancellationToken);
        if (few.Count > 0) return few;
        var claimed = await LookAsync(request.Worker, worker, wanted, limit, cancellationToken);
        return claimed.MeetsSuspect ? await ClaimWithSuspectAsync(request, worker, wanted, cancellationToken) : claimed.Jobs;
    }

    private async Task<Claimed> LookAsync(WorkerId id, WorkerLeases worker, WantedTypes wanted, int limit, CancellationToken cancellationToken)
    {
        // Once for all of them: one that makes the worker idle is followed by a thorough one.
        var isBusy = worker.IsBusy;
        var claimed = await ClaimAsync(id, worker, wanted, limit, isBusy, isThorough: false, cancellationToken);
        if (claimed.MeetsSuspect) return claimed;
        // What came between the look and the word that this worker is idle was told to nobody.
        if (claimed.BecameIdle) claimed = await ClaimAsync(id, worker, wanted, limit, isBusy, isThorough: true, cancellationToken);
        // What was shared out among the types is just being claimed by others; one type alone is searched to its end.
        foreach (var one in claimed is { Rows: [], MeetsSuspect: false, IsCrowded: true } ? wanted.OneByOne() : [])
        {
            claimed = await ClaimAsync(id, worker, one, limit, isBusy, isThorough: false, cancellationToken);
            if (claimed.MeetsSuspect || claimed.Rows.Count > 0) break;
        }

        return claimed;
    }

    private async Task<Claimed> ClaimAsync(
        WorkerId id, WorkerLeases worker, WantedTypes wanted, int limit, bool isBusy, bool isThorough, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await ClaimAsync(connection, id, worker, wanted, limit, Unbounded, stopAtSuspect: !worker.HoldsSuspect, isBusy, isThorough, cancellationToken);
    }

    private async Task<Claimed> ClaimAsync(
        NpgsqlConnection connection, WorkerId id, WorkerLeases worker, WantedTypes wanted, int limit, DueJob before, bool stopAtSuspect, bool isBusy, bool isThorough,
        CancellationToken cancellationToken)
    {
        var batch = worker.NextBatch();
        var start = worker.Watermark.Next(wanted.Key, isThorough);
        var claimed = await ClaimAsync(
            connection, id, worker, wanted, ReserveSql.Claim,
            [
                Values.Of(worker.No), Values.Of(wanted.Types), Values.Of((long)limit), Values.Of(start.From.Due), Values.Of(batch), Values.Of(before.Due), Values.Of(before.Run),
                Values.Of(before.No), Values.Of(stopAtSuspect), Values.Of(wanted.WithInputs), Values.Of(wanted.Inputs), Values.Of(start.From.Run), Values.Of(start.From.No),
                Values.Of(isBusy),
            ],
            batch, cancellationToken);
        if (before == Unbounded) worker.Found(claimed.Rows.Count, isBusy, claimed.BecameIdle);
        if (claimed.MeetsSuspect || before != Unbounded) return claimed;
        if (claimed.Rows.Count == limit) worker.Watermark.Filled(claimed.FirstOfLasts(), start);
        else if (claimed.IsCrowded) worker.Watermark.LookBelow(Watermark.Lag);
        else worker.Watermark.Emptied(claimed.Now, start);
        return claimed;
    }

    /// <summary>Takes what this worker was told of while it was idle, and lets it be idle: the next claim, which finds no more, has nothing to write.</summary>
    private async Task<IReadOnlyList<ReservedJob>> ClaimWokenAsync(ReserveRequest request, WorkerLeases worker, WantedTypes wanted, CancellationToken cancellationToken)
    {
        if (wanted.WithoutInputs.Length == 0 || request.Slots <= 0 || worker.Watermark.Woken(wanted.Key) is not { } from) return [];
        var batch = worker.NextBatch();
        await using var connection = await database.OpenAsync(cancellationToken);
        var claimed = await ClaimAsync(
            connection, request.Worker, worker, wanted, ReserveSql.Wake,
            [Values.Of(worker.No), Values.Of(wanted.WithoutInputs), Values.Of((long)request.Slots), Values.Of(from.Due), Values.Of(batch)], batch, cancellationToken);
        worker.Found(claimed.Rows.Count, saidBusy: false, becameIdle: false);
        return claimed.Jobs;
    }

    private async Task<Claimed> ClaimAsync(
        NpgsqlConnection connection, WorkerId id, WorkerLeases worker, WantedTypes wanted, string sql, NpgsqlParameter[] values, long batch, CancellationToken cancellationToken)
    {
        try
        {
            var claimed = await database.QueryByIndexAsync(connection, [database.BatchCommand(sql, values)], Claimed.Read, cancellationToken);
            await NameAsync(claimed.Rows, connection, cancellationToken);
            claimed.Jobs = [.. claimed.Rows.Select(row => Give(row, id, worker, batch, wanted))];
            worker.Came(batch);
            return claimed;
        }
        catch
        {
            worker.Doubt(batch);
            throw;
        }
    }

    // In its turn, in a slot, and with no prefetch beside it; if there is no slot it waits for one, and so do those after it.
    private async Task<IReadOnlyList<ReservedJob>> ClaimWithSuspectAsync(
        ReserveRequest request, WorkerLeases worker, WantedTypes wanted, CancellationToken cancellationToken)
    {
        var taken = new List<ReservedJob>();
        try
        {
            await TransactAsync(
                async connection =>
                {
                    worker.Remove(taken.Select(job => job.Lease));
                    taken.Clear();
                    var suspect = await database.QueryAsync(connection, ReserveSql.Suspect, [Values.Of(wanted.Types), Values.Of(worker.No)], DueJob.ReadOrNull, cancellationToken);
                    if (suspect is null) return false;
                    taken.AddRange((await ClaimAsync(
                        connection, request.Worker, worker, wanted, request.Slots + request.Prefetch, suspect, stopAtSuspect: false, isBusy: false, isThorough: false, cancellationToken)).Jobs);
                    if (taken.Count >= request.Slots) return true;
                    // For this claim it counts as one of the others, and as the first of them.
                    var isMine = await database.ExecuteAsync(
                        connection, ReserveSql.ReleaseSuspect, [Values.Of(suspect.Due), Values.Of(suspect.Run), Values.Of(suspect.No)], cancellationToken) == 1;
                    worker.Watermark.Reset();
                    var rest = await ClaimAsync(
                        connection, request.Worker, worker, wanted, request.Slots - taken.Count, Unbounded, stopAtSuspect: false, isBusy: false, isThorough: false, cancellationToken);
                    if (isMine && rest.Jobs.All(job => job.Lease.Run.Number != suspect.Run || job.Lease.Job != suspect.No))
                        throw new InvalidOperationException($"Job {suspect.Run}-{suspect.No} has losses and was made ready, but not claimed.");
                    taken.AddRange(rest.Jobs);
                    return true;
                },
                cancellationToken);
            return taken;
        }
        catch
        {
            // Perhaps committed all the same.
            worker.Disown([.. taken.Select(job => job.Lease)]);
            throw;
        }
    }

    private ValueTask NameAsync(IReadOnlyList<ClaimedRow> rows, NpgsqlConnection? connection, CancellationToken cancellationToken) => names.KnowAsync(
        rows.Select(row => row.Type).Concat(rows.SelectMany(row => row.InputTypes ?? [])), rows.Select(row => row.Graph), connection, cancellationToken);

    private ReservedJob Give(ClaimedRow row, WorkerId id, WorkerLeases worker, long batch, WantedTypes wanted)
    {
        var lease = new JobLease(new RunId(row.Run), row.No, id, row.Lease);
        worker.Add(batch, lease, row.Dependents, row.Losses);
        var inputs = wanted.NoInputs;
        if (row.InputTypes is { } types)
        {
            inputs = new Dictionary<string, string?>(StringComparer.Ordinal);
            for (var i = 0; i < types.Length; i++) inputs[names.TypeName(types[i])] = row.InputResults![i];
        }

        return new ReservedJob(
            lease, row.Id is { } chosen ? new JobId(chosen) : JobId.For(lease.Run, row.No), names.TypeName(row.Type), names.GraphName(row.Graph), row.Key,
            row.Attempt, row.Losses, row.Args, inputs);
    }
}
