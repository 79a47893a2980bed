namespace QuickStart;

/// <summary>What one cleaning rule did.</summary>
/// <param name="Rule">What it looks for.</param>
/// <param name="Effect">What it does then.</param>
/// <param name="Count">How many days it found.</param>
public sealed record CleaningStep(string Rule, string Effect, int Count);
