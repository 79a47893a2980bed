namespace Overseer.Stores;

/// <summary>What a worker asks for.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Types">The job types it handles, each with the dependency types whose results it needs.</param>
/// <param name="Slots">How many jobs it can start now.</param>
/// <param name="Prefetch">How many more it would hold ready.</param>
public sealed record ReserveRequest(WorkerId Worker, IReadOnlyList<ReserveType> Types, int Slots, int Prefetch = 0);

/// <summary>A job type that a worker handles.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">The dependency types whose results come along.</param>
public sealed record ReserveType(string Name, IReadOnlyList<string> Inputs);
