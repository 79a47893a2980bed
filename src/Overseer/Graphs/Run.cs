namespace Overseer;

/// <summary>One execution of a graph, as a store keeps it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Key">Its run key, if any.</param>
/// <param name="Graph">The name of its graph.</param>
/// <param name="Version">The version of its graph.</param>
/// <param name="Status">Its status.</param>
/// <param name="Jobs">How many jobs it has.</param>
/// <param name="Finished">How many of them finished.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Aborted">How many were aborted.</param>
/// <param name="CreatedAt">When it was inserted.</param>
/// <param name="FinishedAt">When its last job ended; null while it is active.</param>
public sealed record Run(
    RunId Id, string? Key, string Graph, string Version, RunStatus Status, int Jobs, int Finished, int Failed, int Aborted,
    DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);
