using Overseer.Sqlite.Sql;

namespace Overseer.Sqlite;

/// <summary>How the counts of runs change in one transaction; written once per run at its end.</summary>
internal sealed class RunTally
{
    private readonly Dictionary<RunId, Change> changes = [];

    public void Finished(RunId run) => Of(run).Finished++;

    public void Ended(RunId run, JobStatus status, JobReason reason)
    {
        if (status == JobStatus.Failed) Of(run).Failed++;
        else Aborted(run, 1, reason);
    }

    public void Aborted(RunId run, int jobs, JobReason reason)
    {
        Of(run).Aborted += jobs;
        if (reason is JobReason.Abort or JobReason.Cancelled) Of(run).AbortedAloud += jobs;
    }

    public void Write(SqliteSession session, long now)
    {
        foreach (var (run, change) in changes)
        {
            session.Execute(
                EndSql.Count,
                ("@run", run.Number), ("@finished", change.Finished), ("@failed", change.Failed), ("@aborted", change.Aborted),
                ("@aborted_aloud", change.AbortedAloud), ("@now", now));
        }
    }

    private Change Of(RunId run)
    {
        if (!changes.TryGetValue(run, out var change)) changes.Add(run, change = new Change());
        return change;
    }

    private sealed class Change
    {
        public int Finished { get; set; }

        public int Failed { get; set; }

        public int Aborted { get; set; }

        public int AbortedAloud { get; set; }
    }
}
