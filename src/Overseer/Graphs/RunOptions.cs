namespace Overseer;

/// <summary>How a run is inserted.</summary>
public sealed class RunOptions
{
    /// <summary>
    /// If a run with the same key but another graph or other args is there, take that run instead of throwing
    /// <see cref="JobConflictException"/>. Default: false.
    /// </summary>
    public bool UseExistingRun { get; init; }
}
