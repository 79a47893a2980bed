using Overseer.Stores;

namespace Overseer;

/// <summary>One job as the in-memory store keeps it. Touched only under the store's lock.</summary>
internal sealed class MemoryJob(MemoryRun run, int number, Job given)
{
    public MemoryRun Run { get; } = run;

    public int Number { get; } = number;

    public string Type { get; } = given.Type;

    public string? Args { get; } = given.Args;

    public int MaxAttempts { get; } = given.MaxAttempts;

    public JobId Id { get; } = given.Id.IsAssigned ? given.Id : JobId.For(run.Id, number);

    public JobStatus Status { get; set; }

    public JobReason? Reason { get; set; }

    /// <summary>The number of the dependency that closed it.</summary>
    public int? Cause { get; set; }

    public int Waiting { get; set; }

    public int Attempt { get; set; }

    public int Losses { get; set; }

    public int Snoozes { get; set; }

    public int Faults { get; set; }

    public long Lease { get; set; }

    public WorkerId? Worker { get; set; }

    public DateTimeOffset RunAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? Result { get; set; }

    public JobFailure? Failure { get; set; }

    public bool IsEnded => Status is JobStatus.Finished or JobStatus.Failed or JobStatus.Aborted;
}
