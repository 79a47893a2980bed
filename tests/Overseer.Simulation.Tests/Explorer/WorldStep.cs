namespace Overseer.Simulation.Tests;

/// <summary>One thing that may happen.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Next">The state it leads to.</param>
/// <param name="Breach">What is wrong with it; null if nothing is.</param>
internal sealed record WorldStep<TState>(string Name, TState Next, string? Breach = null);
