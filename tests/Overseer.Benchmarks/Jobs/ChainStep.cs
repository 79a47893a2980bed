namespace Overseer.Benchmarks.Jobs;

/// <summary>The args of one step of a chain.</summary>
/// <param name="Chain">Which chain.</param>
/// <param name="Number">Which step, from 0.</param>
public sealed record ChainStep(int Chain, int Number);
