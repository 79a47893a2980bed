namespace Overseer;

/// <summary>Which jobs to list: those that fit all that is set.</summary>
public sealed record JobFilter
{
    /// <summary>Only jobs of this run.</summary>
    public RunId? Run { get; init; }

    /// <summary>Only jobs of this type, by its stored name.</summary>
    public string? Type { get; init; }

    /// <summary>Only jobs in this status.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>Only jobs that ended for this reason.</summary>
    public JobReason? Reason { get; init; }
}
