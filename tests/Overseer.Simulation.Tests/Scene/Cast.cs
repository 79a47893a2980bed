using Overseer.Model;

namespace Overseer.Simulation.Tests;

/// <summary>Who plays: the store in memory or the model, and what is wrong with either on purpose.</summary>
/// <param name="IsModel">Whether the store is the model.</param>
/// <param name="Flaw">What the model leaves out.</param>
/// <param name="Twist">What is wrong around the engine.</param>
/// <param name="IsTold">Whether all that happens is written down.</param>
internal sealed record Cast(bool IsModel = false, Flaw Flaw = Flaw.None, Twist Twist = Twist.None, bool IsTold = false);
