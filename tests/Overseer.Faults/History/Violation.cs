namespace Overseer.Faults;

/// <summary>An invariant that does not hold.</summary>
/// <param name="Invariant">Its name, <c>I1</c> to <c>I14</c>.</param>
/// <param name="What">What was seen.</param>
internal sealed record Violation(string Invariant, string What);
