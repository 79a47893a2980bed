using Overseer.Sqlite;
using Overseer.Sqlite.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class SqliteJobStore
{
    /// <inheritdoc/>
    public async Task<SweepAnswer> SweepAsync(int lossLimit, int page, CancellationToken cancellationToken = default)
    {
        var answer = await WriteAsync(
            session =>
            {
                var (now, tally) = (Now(), new RunTally());
                var dead = session.Execute(SweepSql.TakeForDead, ("@now", now));
                var lost = FindLost(session, page);
                foreach (var job in lost) TakeBack(session, job, lossLimit, tally, now);
                tally.Write(session, now);
                return new SweepAnswer(dead, [.. lost.Select(job => FindJob(session, job.Run, job.No)!)], lost.Count == page);
            },
            cancellationToken);
        if (answer.Jobs.Count > 0) pulse.Signal();
        return answer;
    }

    private static void TakeBack(SqliteSession session, JobTries job, int lossLimit, RunTally tally, long now)
    {
        var counted = job with { Attempt = job.Attempt - 1, Losses = job.Losses + 1 };
        if (counted.Losses >= lossLimit)
            Close(session, counted, JobStatus.Failed, JobReason.WorkerLost, JobFailures.WorkerLost(counted.Losses), tally, now);
        else
            PutBack(session, counted, runAt: null);
    }

    private static List<JobTries> FindLost(SqliteSession session, int page)
    {
        var lost = new List<JobTries>();
        using var rows = session.Query(SweepSql.Lost, ("@page", page));
        while (rows.Read()) lost.Add(JobTries.Read(rows, new RunId(rows.GetInt64(0)), rows.GetInt32(1), column: 2));
        return lost;
    }
}
