using Overseer.Stores;

namespace Overseer.Model;

/// <summary>One job: what a store keeps of it.</summary>
public sealed record ModelJob(string Type, string? Args, int MaxAttempts, ValueList<int> Dependencies, int Waiting, DateTimeOffset RunAt)
{
    public JobStatus Status { get; init; }

    public JobReason? Reason { get; init; }

    public int? Cause { get; init; }

    /// <summary>Direct dependencies that failed or were aborted.</summary>
    public int Closed { get; init; }

    public int Attempt { get; init; }

    public int Losses { get; init; }

    public int Snoozes { get; init; }

    public int Faults { get; init; }

    public long Lease { get; init; }

    public WorkerId? Worker { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Result { get; init; }

    public JobFailure? Failure { get; init; }

    public bool IsEnded => Status is JobStatus.Finished or JobStatus.Failed or JobStatus.Aborted;

    public bool IsClosed => Status is JobStatus.Failed or JobStatus.Aborted;

    public bool IsHeldBy(JobLease lease) => Status == JobStatus.Started && Worker == lease.Worker && Lease == lease.Number;
}
