namespace Overseer.Stores;

/// <summary>How an attempt ended. Takes effect only if its lease is still the job's current one.</summary>
/// <param name="Lease">The lease of the attempt.</param>
public abstract record JobEnding(JobLease Lease)
{
    /// <summary>Whether a job that ended this way has this status and reason: then telling a store again, under the same lease, is accepted and changes nothing.</summary>
    public bool IsOutcome(JobStatus status, JobReason? reason) => this switch
    {
        Finish => status == JobStatus.Finished,
        Fail fail => status == JobStatus.Failed && reason == fail.Reason,
        Abort abort => status == JobStatus.Aborted && reason == abort.Reason,
        _ => false,
    };

    /// <summary>The job finished: its result is stored and its dependents wait for one dependency less.</summary>
    /// <param name="Lease">The lease of the attempt.</param>
    /// <param name="Result">The result as JSON text; null if there is none.</param>
    public sealed record Finish(JobLease Lease, string? Result) : JobEnding(Lease)
    {
        /// <summary>The lease, without the result.</summary>
        public override string ToString() => $"{nameof(Finish)} {{ Lease = {Lease} }}";
    }

    /// <summary>The attempt threw or cannot be recorded. The job fails, and its dependents close.</summary>
    /// <remarks>With reason <see cref="JobReason.Exception"/> and tries left, the job is put back instead, to wait for a while.</remarks>
    /// <param name="Lease">The lease of the attempt.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Failure">What happened, already cleaned and cut.</param>
    /// <param name="Delay">How long it waits for its next try, if it has one; null for the backing-off delay, see <see cref="PostponeDelay"/>.</param>
    public sealed record Fail(JobLease Lease, JobReason Reason, JobFailure Failure, TimeSpan? Delay = null) : JobEnding(Lease);

    /// <summary>The handler aborted the job. Its dependents close.</summary>
    /// <param name="Lease">The lease of the attempt.</param>
    /// <param name="Reason"><see cref="JobReason.Abort"/> or <see cref="JobReason.AbortSilent"/>.</param>
    /// <param name="Failure">What the handler said, already cleaned and cut.</param>
    public sealed record Abort(JobLease Lease, JobReason Reason, JobFailure Failure) : JobEnding(Lease);

    /// <summary>The handler faulted or snoozed: the job is put back, the try is not counted, the postponement is.</summary>
    /// <remarks>More postponements of the kind than the limit fail the job with <see cref="JobReason.AttemptsExhausted"/>.</remarks>
    /// <param name="Lease">The lease of the attempt.</param>
    /// <param name="Kind">Which count it goes to.</param>
    /// <param name="Delay">How long it waits; null for the backing-off delay of a fault, see <see cref="PostponeDelay"/>.</param>
    /// <param name="Limit">The most postponements of this kind.</param>
    /// <param name="Failure">What the handler said, for the case that the limit is passed.</param>
    public sealed record Postpone(JobLease Lease, PostponeKind Kind, TimeSpan? Delay, int Limit, JobFailure Failure) : JobEnding(Lease);

    /// <summary>The worker gives the job back unharmed: nothing is counted.</summary>
    /// <param name="Lease">The lease of the attempt.</param>
    public sealed record Release(JobLease Lease) : JobEnding(Lease);
}

/// <summary>The two kinds of postponement.</summary>
public enum PostponeKind
{
    /// <summary>Something passing was in the way.</summary>
    Fault,

    /// <summary>There was nothing to do yet.</summary>
    Snooze,
}
