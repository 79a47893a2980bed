namespace Overseer;

/// <summary>The jobs of one type in a run, by status.</summary>
/// <param name="Type">The type's stored name.</param>
/// <param name="Unstarted">How many are unstarted.</param>
/// <param name="Started">How many are started.</param>
/// <param name="Finished">How many finished.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Aborted">How many were aborted.</param>
/// <param name="FirstStart">When the first of those attempts began that are the last of their jobs; null if there is none.</param>
/// <param name="LastEnd">When the last of them ended; null if none has.</param>
public sealed record TypeCounts(string Type, int Unstarted, int Started, int Finished, int Failed, int Aborted, DateTimeOffset? FirstStart, DateTimeOffset? LastEnd);
