namespace Overseer;

/// <summary>A run and how far it is.</summary>
/// <param name="Run">The run.</param>
/// <param name="Types">Its jobs by type, in the order of the types' names.</param>
public sealed record RunSummary(Run Run, IReadOnlyList<TypeCounts> Types);
