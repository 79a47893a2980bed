using Overseer.Model;

namespace Overseer.Simulation.Tests;

/// <summary>A verb, when its call began and ended on a count that all threads share, and what it was answered.</summary>
internal sealed record Told(ModelEvent Verb, int Began, int Ended, string Answer);
