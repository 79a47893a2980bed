using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<EndAnswer>> EndAsync(IReadOnlyList<JobEnding> endings, CancellationToken cancellationToken = default) =>
        (await EndAsync(endings, handOver: null, cancellationToken)).Answers;

    /// <inheritdoc/>
    public Task<EndedJobs> EndAndReserveAsync(IReadOnlyList<JobEnding> endings, ReserveRequest handOver, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handOver);
        return EndAsync(endings, handOver, cancellationToken);
    }

    private async Task<EndedJobs> EndAsync(IReadOnlyList<JobEnding> endings, ReserveRequest? handOver, CancellationToken cancellationToken)
    {
        var answers = new EndAnswer[endings.Count];
        var handed = new HandOver(handOver);
        try
        {
            foreach (var part in EndingParts.Of(endings))
            {
                // Finishes last, since what they hand over must not be lost by what comes after.
                if (part.Others.Count > 0) await EndOthersAsync(endings, part.Others, answers, cancellationToken);
                foreach (var (worker, finishes) in part.Finishes) await FinishAsync(endings, worker, finishes, answers, handed, cancellationToken);
            }

            await RepeatAsync(endings, answers, cancellationToken);
        }
        catch
        {
            // Nobody will hear of them, so they are given back.
            handed.Abandon();
            throw;
        }

        if (answers.Any(answer => answer.Accepted)) Signal();
        return new EndedJobs(answers, handed.Jobs);
    }

    // The answer to the first telling may have been lost on its way, so a second one is no news but no error either.
    private async Task RepeatAsync(IReadOnlyList<JobEnding> endings, EndAnswer[] answers, CancellationToken cancellationToken)
    {
        int[] open = [.. Enumerable.Range(0, answers.Length).Where(i => !answers[i].Accepted)];
        if (open.Length == 0) return;
        JobLease[] leases = Array.ConvertAll(open, i => endings[i].Lease);
        await database.QueryAsync(
            FinishSql.Ended, [Values.Of(leases.Runs()), Values.Of(leases.Numbers()), Values.Of(leases.Leases())],
            rows =>
            {
                while (rows.Read())
                {
                    var i = open[rows.GetInt64(0) - 1];
                    var (status, reason) = ((JobStatus)rows.GetInt16(1), rows.ReasonOrNull(2));
                    if (endings[i].IsOutcome(status, reason)) answers[i] = new EndAnswer(Accepted: true, status, reason);
                }

                return true;
            },
            cancellationToken);
    }
}
