namespace Overseer.Simulation.Tests;

/// <summary>What became of a play.</summary>
internal sealed record Outcome(int Seed, (Promise Promise, string What)? Breach, long Steps, TimeSpan Time, History History);
