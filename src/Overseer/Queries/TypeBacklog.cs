namespace Overseer;

/// <summary>What there is to do of one job type.</summary>
/// <param name="Type">The type's stored name.</param>
/// <param name="Ready">How many jobs wait for nothing but a worker.</param>
/// <param name="Scheduled">How many wait for nothing but their time.</param>
/// <param name="Started">How many are started.</param>
/// <param name="ReadySince">Since when the first of the ready ones could have been started; null if there are none.</param>
public sealed record TypeBacklog(string Type, long Ready, long Scheduled, long Started, DateTimeOffset? ReadySince);
