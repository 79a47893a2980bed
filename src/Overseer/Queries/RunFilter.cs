namespace Overseer;

/// <summary>Which runs to list: those that fit all that is set.</summary>
public sealed record RunFilter
{
    /// <summary>Only runs of this graph.</summary>
    public string? Graph { get; init; }

    /// <summary>Only runs in this status.</summary>
    public RunStatus? Status { get; init; }
}
