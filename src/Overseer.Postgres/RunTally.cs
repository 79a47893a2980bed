namespace Overseer.Postgres;

/// <summary>How the counts of runs change in one transaction; written once per run at its end.</summary>
internal sealed class RunTally
{
    private readonly SortedDictionary<long, (int Failed, int Aborted, int Aloud)> changes = [];

    public bool IsEmpty => changes.Count == 0;

    public long[] Runs => [.. changes.Keys];

    public int[] Failed => [.. changes.Values.Select(change => change.Failed)];

    public int[] Aborted => [.. changes.Values.Select(change => change.Aborted)];

    public int[] Aloud => [.. changes.Values.Select(change => change.Aloud)];

    public void Ended(RunId run, JobStatus status, JobReason reason)
    {
        if (status == JobStatus.Failed) Add(run, failed: 1, aborted: 0, aloud: 0);
        else Closed(run, 1, reason);
    }

    public void Closed(RunId run, int jobs, JobReason reason) => Add(run, failed: 0, jobs, reason is JobReason.Abort or JobReason.Cancelled ? jobs : 0);

    public void Add(RunId run, int failed, int aborted, int aloud)
    {
        var before = changes.GetValueOrDefault(run.Number);
        changes[run.Number] = (before.Failed + failed, before.Aborted + aborted, before.Aloud + aloud);
    }
}
