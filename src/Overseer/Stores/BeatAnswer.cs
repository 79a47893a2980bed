namespace Overseer.Stores;

/// <summary>What a beat learns.</summary>
/// <param name="IsAlive">False if the store has taken the worker for dead: all its leases are gone and its id is spent.</param>
/// <param name="Lost">Those of the named leases that are no longer the worker's.</param>
public sealed record BeatAnswer(bool IsAlive, IReadOnlyList<JobLease> Lost);
