namespace QuickStart;

/// <summary>A file that was read and whose every row is well formed.</summary>
/// <param name="Path">The file.</param>
/// <param name="Rows">How many days it has.</param>
public sealed record RawWeather(string Path, int Rows);
