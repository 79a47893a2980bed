namespace Overseer.Stores;

/// <summary>One life of one worker: a fresh UUID per start, never used again once the store has taken it for dead.</summary>
/// <param name="Value">The UUID.</param>
public readonly record struct WorkerId(Guid Value)
{
    /// <summary>A new id.</summary>
    public static WorkerId New() => new(Guid.NewGuid());

    /// <summary>The UUID as text.</summary>
    public override string ToString() => Value.ToString("D");
}
