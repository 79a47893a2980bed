namespace QuickStart;

/// <summary>A file of days that can be true.</summary>
/// <param name="Path">The file.</param>
/// <param name="Rows">How many rows the raw file had.</param>
/// <param name="Days">How many days are left.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Steps">What each rule did.</param>
public sealed record CleanWeather(string Path, int Rows, int Days, DateOnly First, DateOnly Last, IReadOnlyList<CleaningStep> Steps);
