namespace Overseer.Stores;

/// <summary>What became of an ending.</summary>
/// <param name="Accepted">False if the lease was stale: nothing changed.</param>
/// <param name="Status">The job's status after an accepted ending; <see cref="JobStatus.Unstarted"/> if it was put back.</param>
/// <param name="Reason">Why it failed or was aborted, if it was.</param>
public readonly record struct EndAnswer(bool Accepted, JobStatus Status = JobStatus.Unstarted, JobReason? Reason = null)
{
    /// <summary>The lease was stale.</summary>
    public static EndAnswer Stale => default;
}
