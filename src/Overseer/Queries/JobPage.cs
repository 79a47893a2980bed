namespace Overseer;

/// <summary>A page of a list of jobs.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Next">
/// Where the next page begins; null if this was the last. A page looks through 50,000 jobs at most, so with a filter that few
/// fit it may hold fewer than asked for, or none, and still have a next one.
/// </param>
public sealed record JobPage(IReadOnlyList<Job> Jobs, string? Next);
