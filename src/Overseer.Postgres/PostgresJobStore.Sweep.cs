using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <inheritdoc/>
    public async Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default)
    {
        if (!await database.QueryAsync(SweepSql.HasWork, [], rows => rows.Read() && rows.GetBoolean(0), cancellationToken)) return new SweepAnswer(0, [], HasMore: false);
        while (await PropagateAsync(cancellationToken))
        {
        }

        var (dead, found, taken) = await TransactAsync(
            async connection =>
            {
                var workersGone = await database.ExecuteAsync(connection, SweepSql.TakeForDead, [], cancellationToken);
                var lost = await FindLostAsync(connection, page, cancellationToken);
                var jobs = await TakeBackAsync(connection, lost, lossLimit, cancellationToken);
                await database.ExecuteAsync(connection, SweepSql.Drop, [], cancellationToken);
                return (workersGone, lost.Count, jobs);
            },
            cancellationToken);
        var shown = new List<Job>();
        foreach (var (run, no) in taken)
        {
            if (await GetJobAsync(JobId.For(run, no), cancellationToken) is { } job) shown.Add(job);
        }

        if (shown.Count > 0) PutBackHere();
        return new SweepAnswer(dead, shown, found == page);
    }

    private Task<List<(int Worker, JobLease Lease)>> FindLostAsync(NpgsqlConnection connection, int page, CancellationToken cancellationToken) => database.QueryAsync(
        connection, SweepSql.Lost, [Values.Of(page)],
        rows =>
        {
            var lost = new List<(int, JobLease)>();
            while (rows.Read()) lost.Add((rows.GetInt32(0), new JobLease(new RunId(rows.GetInt64(1)), rows.GetInt32(2), default, rows.GetInt64(3))));
            return lost;
        },
        cancellationToken);

    private async Task<List<(RunId Run, int No)>> TakeBackAsync(
        NpgsqlConnection connection, List<(int Worker, JobLease Lease)> lost, int lossLimit, CancellationToken cancellationToken)
    {
        if (lost.Count == 0) return [];
        int[] holders = [.. lost.Select(job => job.Worker)];
        JobLease[] leases = [.. lost.Select(job => job.Lease)];
        var decisions = Decide(await TriesAsync(connection, holders, leases, cancellationToken));
        await LockAsync(connection, leases, decisions, cancellationToken);
        // Another sweep may have been here meanwhile.
        decisions = Decide(await TriesAsync(connection, holders, leases, cancellationToken));
        await ApplyAsync(connection, decisions, cancellationToken);
        return [.. decisions.PutBack.Select(put => put.Job).Concat(decisions.Bad.Select(bad => bad.Job)).OrderBy(job => job.Run.Number).ThenBy(job => job.No).Select(job => (job.Run, job.No))];

        Decisions Decide(Dictionary<int, JobTries> tries)
        {
            var made = new Decisions();
            foreach (var (_, job) in tries.OrderBy(each => each.Key)) made.TakeBack(job, lossLimit);
            return made;
        }
    }
}
