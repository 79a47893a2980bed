using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    private readonly Lock beating = new();

    // Of the heartbeat alone, and used without the thread pool, so that nothing else in the process can hold a beat up.
    private NpgsqlConnection? beater;

    /// <inheritdoc/>
    public async Task RegisterWorkerAsync(WorkerRegistration worker, CancellationToken cancellationToken = default)
    {
        var no = await database.QueryAsync(
            WorkerSql.Register, [Values.Of(worker.Id.Value), Values.OfText(worker.Label), Values.Of(worker.LeaseTime)],
            rows => rows.Read() ? rows.GetInt32(0) : throw new InvalidOperationException("A registration came back without a number."), cancellationToken);
        if (!workers.TryGetValue(worker.Id, out var known) || known.No != no) workers[worker.Id] = new WorkerLeases(no);
    }

    /// <inheritdoc/>
    public Task<BeatAnswer> BeatAsync(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeatAnswer answer;
        lock (beating) answer = Beat(worker, held, cancellationToken);
        if (!workers.TryGetValue(worker, out var leases)) return Task.FromResult(answer);
        leases.Remove(answer.Lost);
        // What is in doubt is settled beside the beat, which must not wait for it.
        if (answer.IsAlive && leases.Doubts.Count > 0) _ = SettleQuietlyAsync(leases, cancellationToken);
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

    private BeatAnswer Beat(WorkerId worker, IReadOnlyCollection<JobLease> held, CancellationToken cancellationToken)
    {
        try
        {
            beater ??= database.Open();
            using var give = cancellationToken.UnsafeRegister(static connection => ((NpgsqlConnection)connection!).Dispose(), beater);
            using var batch = new NpgsqlBatch(beater);
            JobLease[] leases = [.. held];
            batch.BatchCommands.Add(database.BatchCommand(WorkerSql.Beat, Values.Of(worker.Value)));
            batch.BatchCommands.Add(database.BatchCommand(
                WorkerSql.Lost,
                Values.Of(Array.ConvertAll(leases, lease => lease.Worker.Value)), Values.Of(leases.Runs()), Values.Of(leases.Numbers()), Values.Of(leases.Leases())));
            var lost = new List<JobLease>();
            using (var rows = batch.ExecuteReader())
            {
                while (rows.Read()) lost.Add(leases[rows.GetInt64(0) - 1]);
            }

            var isAlive = batch.BatchCommands[0].RecordsAffected == 1;
            return new BeatAnswer(isAlive, isAlive ? lost : leases);
        }
        catch (Exception error)
        {
            // Whatever it was, the next beat begins on a new connection.
            beater?.Dispose();
            beater = null;
            cancellationToken.ThrowIfCancellationRequested();
            if (database.Explain(error) is { } unusable) throw unusable;
            throw;
        }
    }

    /// <summary>Jobs may lie below the watermarks of this process's workers now.</summary>
    private void PutBackHere()
    {
        foreach (var worker in workers.Values) worker.Watermark.Reset();
        SignalReady();
    }

    private async Task SettleQuietlyAsync(WorkerLeases worker, CancellationToken cancellationToken)
    {
        try
        {
            await SettleAsync(worker, cancellationToken);
        }
        catch (Exception)
        {
            // The next beat tries again.
        }
    }

    /// <summary>Gives back, uncounted, what batches brought whose answer never came.</summary>
    private async Task SettleAsync(WorkerLeases worker, CancellationToken cancellationToken)
    {
        var doubts = worker.Doubts.Take(clock);
        if (doubts.Length == 0) return;
        var released = await TransactAsync(
            async connection =>
            {
                var jobs = await database.QueryAsync(
                    connection, WorkerSql.Doubtful, [Values.Of(worker.No), Values.Of(doubts)],
                    rows =>
                    {
                        var found = new List<(long Run, int No)>();
                        while (rows.Read()) found.Add((rows.GetInt64(0), rows.GetInt32(1)));
                        return found;
                    },
                    cancellationToken);
                jobs.RemoveAll(job => worker.Holds(job.Run, job.No));
                await database.ExecuteAsync(
                    connection, WorkerSql.ReleaseDoubtful,
                    [Values.Of(worker.No), Values.Of(jobs.Select(job => job.Run).ToArray()), Values.Of(jobs.Select(job => job.No).ToArray()), Values.Of(doubts)], cancellationToken);
                return jobs.Count;
            },
            cancellationToken);
        if (released > 0) PutBackHere();
    }
}
