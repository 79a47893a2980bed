namespace Overseer.Faults;

/// <summary>What a job is to do.</summary>
/// <param name="Milliseconds">How long it works.</param>
/// <param name="Act">What it does then; see <see cref="StepJob"/>.</param>
internal sealed record StepArgs(int Milliseconds, string Act = "");
