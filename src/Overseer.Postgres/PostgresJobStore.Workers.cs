using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    private const int BeatSeconds = 8;

    private readonly Lock beating = new();

    // Of the heartbeat alone, and used without the thread pool, so that nothing else in the process can hold a beat up.
    private NpgsqlConnection? beater;

    private int hasRehearsed;

    /// <inheritdoc/>
    public async Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default)
    {
        // The heartbeat keeps one, and so does what listens; the rest share what is left.
        var least = database.Options.Listen ? 3 : 2;
        if (database.MostConnections < least)
        {
            throw new StoreUnusableException(
                Name, $"the connection string allows {database.MostConnections} connections, and a worker needs {least}. Set Maximum Pool Size to {least} or more, or leave it out.");
        }

        int[]? types = null;
        if (worker.Types is { } told)
        {
            await names.KnowTypesAsync(told, cancellationToken);
            types = [.. told.Select(names.TypeOf).Distinct()];
        }

        var (no, serverStart) = await database.QueryAsync(
            WorkerSql.Register, [Values.Of(worker.Id.Value), Values.OfText(worker.Label), Values.Of(worker.LeaseTime), Values.OfNumbers(types)],
            rows => rows.Read() ? (rows.GetInt32(0), rows.GetDateTime(1)) : throw new InvalidOperationException("A registration came back without a number."), cancellationToken);
        if (workers.TryGetValue(worker.Id, out var known) && known.No == no) return;
        workers[worker.Id] = new WorkerLeases(no, clock) { ServerStart = serverStart };
        if (Interlocked.Exchange(ref hasRehearsed, 1) == 0) await RehearseAsync(worker.Id, no, cancellationToken);
    }

    // A finish of nothing: the first real one would otherwise wait until this program and the server have compiled and planned it.
    private async Task RehearseAsync(WorkerId id, int no, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await ReleaseAsync(id, new WorkerLeases(no, clock), [], [], new HandOver(null), (_, _) => { }, limit.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it will be met, and answered, where it matters.
        }
    }

    /// <inheritdoc/>
    public Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        workers.TryGetValue(worker, out var leases);
        BeatAnswer answer;
        var isNewServer = false;
        lock (beating) answer = Beat(worker, leases, held, out isNewServer, cancellationToken);
        leases?.Remove(answer.Lost);
        // What is in doubt is settled beside the beat, which must not wait for it.
        if (leases is not null && answer.IsAlive && (isNewServer || leases.Doubts.Count > 0)) _ = SettleQuietlyAsync(leases, isNewServer, cancellationToken);
        return Task.FromResult(answer);
    }

    /// <inheritdoc/>
    public async Task RetireWorkerAsync(WorkerId worker, CancellationToken cancellationToken = default)
    {
        await TransactAsync(
            async connection =>
            {
                var no = await database.QueryAsync(
                    connection, WorkerSql.Retire, [Values.Of(worker.Value)], rows => rows.Read() ? rows.GetInt32(0) : (int?)null, cancellationToken);
                // Of one that was taken for dead what nobody took back yet is released all the same.
                if ((no ?? workers.GetValueOrDefault(worker)?.No) is not { } found) return false;
                await database.ExecuteAsync(connection, WorkerSql.LockHeld, [Values.Of(found)], cancellationToken);
                await database.ExecuteAsync(connection, WorkerSql.ReleaseAll, [Values.Of(found)], cancellationToken);
                return true;
            },
            cancellationToken);
        workers.TryRemove(worker, out _);
        PutBackHere();
    }

    /// <summary>As a claim does whose answer does not come.</summary>
    internal void Doubt(WorkerId worker, long batch) => workers[worker].Doubts.Add(batch, clock);

    private BeatAnswer Beat(WorkerId worker, WorkerLeases? leases, IReadOnlyCollection<JobLease> held, out bool isNewServer, CancellationToken cancellationToken)
    {
        // Whatever is over by now was answered by the server that answers next, or is looked at again.
        var over = leases?.TakeOver() ?? [];
        try
        {
            beater ??= database.Open();
            // One command, on this thread: of a batch Npgsql sends all but the first from the thread pool, which handlers may have filled. In one round trip,
            // since a beat that is long on its way counts for less. Not prepared, so that it is planned for what the tables are now.
            DateTime? serverStart = null;
            JobLease[] asked = [.. held];
            List<JobLease> lost = [.. held];
            using (var beat = BeatCommand(
                WorkerSql.Beat, Values.Of(Array.ConvertAll(asked, lease => lease.Worker.Value)), Values.Of(asked.Runs()), Values.Of(asked.Numbers()), Values.Of(asked.Leases()), Values.Of(worker.Value)))
            using (var rows = beat.ExecuteReader())
            {
                if (rows.Read())
                {
                    serverStart = rows.GetDateTime(0);
                    lost = [.. rows.GetFieldValue<long[]>(1).Select(place => asked[place - 1])];
                }
            }

            isNewServer = leases is not null && serverStart is not null && leases.ServerStart != serverStart;
            if (over.Length > 0 && !isNewServer)
            {
                using var drop = BeatCommand(WorkerSql.Drop, Values.Of(leases!.No), Values.Of(over));
                drop.ExecuteNonQuery();
            }

            // Once nothing more can fail: who is told of the new server settles what it may have lost.
            if (isNewServer) leases!.ServerStart = serverStart!.Value;
            return new BeatAnswer(serverStart is not null, lost);
        }
        catch (Exception error)
        {
            leases?.KeepOver(over);
            // Whatever it was, the next beat begins on a new connection.
            beater?.Dispose();
            beater = null;
            cancellationToken.ThrowIfCancellationRequested();
            if (database.Explain(error) is { } unusable) throw unusable;
            throw;
        }
    }

    // A wait on the thread that no token ends: a server that has gone silent must not hold it for longer than a lease has room for.
    private NpgsqlCommand BeatCommand(string sql, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var command = database.Command(beater!, sql, values);
        command.CommandTimeout = BeatSeconds;
        return command;
    }

    /// <summary>Jobs may lie below the watermarks of this process's workers now.</summary>
    private void PutBackHere()
    {
        foreach (var worker in workers.Values) worker.Watermark.Reset();
        SignalReady(Watermark.Lag);
    }

    private async Task SettleQuietlyAsync(WorkerLeases worker, bool all, CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(worker, all, cancellationToken);
        }
        catch (Exception)
        {
            // Until a beat succeeds in it.
            if (all) worker.ServerStart = default;
        }
    }

    /// <summary>Gives back, uncounted, what the database says the worker holds and the worker does not: of batches whose answer never came, or of all.</summary>
    private async Task SettleAsync(WorkerLeases worker, bool all, CancellationToken cancellationToken)
    {
        var doubts = worker.Doubts.Take(clock);
        if (doubts.Length == 0 && !all) return;
        var released = await TransactAsync(
            async connection =>
            {
                var jobs = await database.QueryAsync(
                    connection, WorkerSql.Doubtful, [Values.Of(worker.No), Values.Of(doubts), Values.Of(all)],
                    rows =>
                    {
                        var found = new List<(long Batch, long Run, int No)>();
                        while (rows.Read()) found.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetInt32(2)));
                        return found;
                    },
                    cancellationToken);
                jobs.RemoveAll(job => worker.IsPending(job.Batch));
                long[] gone = [.. jobs.Select(job => job.Batch).Distinct().Where(batch => !worker.IsOpen(batch))];
                jobs.RemoveAll(job => worker.Holds(job.Run, job.No));
                await database.ExecuteAsync(
                    connection, WorkerSql.ReleaseDoubtful,
                    [Values.Of(worker.No), Values.Of(jobs.Select(job => job.Run).ToArray()), Values.Of(jobs.Select(job => job.No).ToArray()), Values.Of(gone)], cancellationToken);
                return jobs.Count;
            },
            cancellationToken);
        if (released == 0) return;
        log.GivenBack(Name, released, worker.No);
        PutBackHere();
    }
}
