namespace Overseer.Benchmarks.Jobs;

/// <summary>The args of a job that only counts itself.</summary>
/// <param name="I">Its index.</param>
public sealed record Noop(int I);
