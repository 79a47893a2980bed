using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <summary>Ends what is no finish: puts it back, or ends it badly with all that depends on it.</summary>
    private async Task EndOthersAsync(IReadOnlyList<JobEnding> endings, List<int> places, EndAnswer[] answers, CancellationToken cancellationToken)
    {
        var known = new List<(int Place, int Worker)>();
        foreach (var place in places)
        {
            if (await FindWorkerAsync(endings[place].Lease.Worker, cancellationToken) is { } worker) known.Add((place, worker.No));
        }

        if (known.Count == 0) return;
        var leases = known.Select(ending => endings[ending.Place].Lease).ToArray();
        int[] holders = [.. known.Select(ending => ending.Worker)];
        var changes = await TransactAsync(
            async connection =>
            {
                var decisions = new Decisions();
                void Decide(Dictionary<int, JobTries> tries)
                {
                    decisions = new Decisions();
                    foreach (var (i, job) in tries.OrderBy(each => each.Key)) decisions.Add(known[i].Place, job, endings[known[i].Place]);
                }

                // Looked at first to learn what will be closed, and again once all of it is locked.
                Decide(await TriesAsync(connection, holders, leases, cancellationToken));
                await LockAsync(connection, leases, decisions, cancellationToken);
                Decide(await TriesAsync(connection, holders, leases, cancellationToken));
                await ApplyAsync(connection, decisions, cancellationToken);
                return decisions;
            },
            cancellationToken);
        foreach (var (place, answer) in changes.Answers) answers[place] = answer;
        foreach (var (place, _) in changes.Answers) workers.GetValueOrDefault(endings[place].Lease.Worker)?.Remove([endings[place].Lease]);
        if (changes.PutBack.Count > 0) PutBackHere();
    }

    private Task<Dictionary<int, JobTries>> TriesAsync(NpgsqlConnection connection, int[] holders, JobLease[] leases, CancellationToken cancellationToken) => database.QueryAsync(
        connection, EndSql.Tries, [Values.Of(holders), Values.Of(leases.Runs()), Values.Of(leases.Numbers()), Values.Of(leases.Leases())],
        rows =>
        {
            var tries = new Dictionary<int, JobTries>();
            while (rows.Read())
            {
                var i = (int)rows.GetInt64(0) - 1;
                tries.Add(i, JobTries.Read(rows, leases[i].Run, leases[i].Job, column: 1));
            }

            return tries;
        },
        cancellationToken);

    private async Task LockAsync(NpgsqlConnection connection, JobLease[] leases, Decisions decisions, CancellationToken cancellationToken)
    {
        var closing = decisions.Bad.Where(bad => bad.Job.Dependents > 0).Select(bad => bad.Job).ToList();
        await database.ExecuteAsync(connection, CloseSql.LockRuns, [Values.Of(leases.Runs())], cancellationToken);
        await database.ExecuteAsync(
            connection, CloseSql.LockJobs,
            [
                Values.Of(leases.Runs()), Values.Of(leases.Numbers()), Values.Of(closing.Select(job => job.Run.Number).ToArray()), Values.Of(closing.Select(job => job.No).ToArray()),
            ],
            cancellationToken);
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Decisions decisions, CancellationToken cancellationToken)
    {
        if (decisions.Failures.Count > 0) await WriteFailuresAsync(connection, decisions.Failures, cancellationToken);
        if (decisions.PutBack.Count > 0)
        {
            var back = decisions.PutBack;
            await database.ExecuteAsync(
                connection, EndSql.PutBack,
                [
                    Values.Of(back.Select(put => put.Job.Run.Number).ToArray()), Values.Of(back.Select(put => put.Job.No).ToArray()),
                    Values.Of(back.Select(put => (short)put.Job.Attempt).ToArray()), Values.Of(back.Select(put => (short)put.Job.Losses).ToArray()),
                    Values.Of(back.Select(put => put.Job.Snoozes).ToArray()), Values.Of(back.Select(put => put.Job.Faults).ToArray()),
                    Values.Of(back.Select(put => put.Delay?.TotalMilliseconds ?? -1).ToArray()),
                ],
                cancellationToken);
        }

        var tally = new RunTally();
        await EndBadlyAsync(connection, decisions.Bad, tally, cancellationToken);
        await WriteTallyAsync(connection, tally, cancellationToken);
    }

    private async Task EndBadlyAsync(NpgsqlConnection connection, List<BadEnd> bad, RunTally tally, CancellationToken cancellationToken)
    {
        if (bad.Count == 0) return;
        await database.ExecuteAsync(
            connection, EndSql.EndBadly,
            [
                Values.Of(bad.Select(end => end.Job.Run.Number).ToArray()), Values.Of(bad.Select(end => end.Job.No).ToArray()),
                Values.Of(bad.Select(end => (short)end.Job.Attempt).ToArray()), Values.Of(bad.Select(end => (short)end.Job.Losses).ToArray()),
                Values.Of(bad.Select(end => end.Job.Snoozes).ToArray()), Values.Of(bad.Select(end => end.Job.Faults).ToArray()),
                Values.Of(bad.Select(end => (short)end.Status).ToArray()), Values.Of(bad.Select(end => (short)end.Reason).ToArray()),
            ],
            cancellationToken);
        foreach (var end in bad)
        {
            tally.Ended(end.Job.Run, end.Status, end.Reason);
            if (end.Job.Dependents == 0) continue;
            var closure = end.Status == JobStatus.Failed ? JobReason.DependencyFailed : JobReason.DependencyAborted;
            var closed = await database.QueryAsync(
                connection, CloseSql.Close, [Values.Of(end.Job.Run.Number), Values.Of(end.Job.No), Values.Of((short)closure)],
                rows => rows.Read() ? rows.GetInt32(0) : 0, cancellationToken);
            if (closed > 0) tally.Closed(end.Job.Run, closed, closure);
        }
    }

    private async Task WriteFailuresAsync(NpgsqlConnection connection, List<(JobTries Job, JobFailure Failure)> failures, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            connection, EndSql.Failures,
            [
                Values.Of(failures.Select(failed => failed.Job.Run.Number).ToArray()), Values.Of(failures.Select(failed => failed.Job.No).ToArray()),
                Values.OfTexts([.. failures.Select(failed => failed.Failure.Message)]), Values.OfTexts([.. failures.Select(failed => failed.Failure.Exception)]),
                Values.OfTexts([.. failures.Select(failed => failed.Failure.Details)]),
            ],
            cancellationToken);

    private async Task WriteTallyAsync(NpgsqlConnection connection, RunTally tally, CancellationToken cancellationToken)
    {
        if (tally.IsEmpty) return;
        await database.ExecuteAsync(
            connection, EndSql.Count, [Values.Of(stripe), Values.Of(tally.Runs), Values.Of(tally.Failed), Values.Of(tally.Aborted), Values.Of(tally.Aloud)], cancellationToken);
    }
}
