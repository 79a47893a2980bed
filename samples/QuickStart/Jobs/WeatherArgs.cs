namespace QuickStart;

/// <summary>What a run works on.</summary>
/// <param name="Place">Where the weather was, for the report's title.</param>
/// <param name="Origin">Where the data comes from, for the report's foot.</param>
/// <param name="File">The CSV file: a whole path, or the name of one in the folder <c>Data</c> beside the program.</param>
/// <param name="Folder">Where the run puts its files.</param>
public sealed record WeatherArgs(string Place, string Origin, string File, string Folder);
