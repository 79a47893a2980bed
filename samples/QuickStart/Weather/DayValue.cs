namespace QuickStart;

/// <summary>A value and its day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Value">The value.</param>
public sealed record DayValue(DateOnly Date, decimal Value);
