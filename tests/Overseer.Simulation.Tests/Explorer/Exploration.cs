namespace Overseer.Simulation.Tests;

/// <summary>What an exploration came to.</summary>
/// <param name="States">How many states there are, or were seen until something was found broken.</param>
/// <param name="Transitions">How many steps from one to another, or to itself.</param>
/// <param name="Done">In how many of the states all is done.</param>
/// <param name="Breach">What is broken, and the shortest way there; null if nothing is.</param>
internal sealed record Exploration(int States, int Transitions, int Done, string? Breach);
