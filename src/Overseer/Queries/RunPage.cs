namespace Overseer;

/// <summary>A page of a list of runs.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">
/// Where the next page begins; null if this was the last. A page looks through 5,000 runs at most, so with a filter that few
/// fit it may hold fewer than asked for, or none, and still have a next one.
/// </param>
public sealed record RunPage(IReadOnlyList<Run> Runs, string? Next);
