namespace QuickStart;

/// <summary>The report that was written.</summary>
/// <param name="Path">The HTML file.</param>
/// <param name="Characters">Its length.</param>
public sealed record WeatherReport(string Path, int Characters);
