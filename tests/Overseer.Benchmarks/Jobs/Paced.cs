namespace Overseer.Benchmarks.Jobs;

/// <summary>The args of a job that takes its time.</summary>
/// <param name="Milliseconds">How long it takes.</param>
public sealed record Paced(int Milliseconds);
