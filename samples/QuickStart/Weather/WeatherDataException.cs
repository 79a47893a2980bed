namespace QuickStart;

/// <summary>A file that is no weather data. All problems are listed, the first twenty in the message.</summary>
/// <param name="path">The file.</param>
/// <param name="problems">What is wrong.</param>
public sealed class WeatherDataException(string path, IReadOnlyList<RowProblem> problems) : Exception(Describe(path, problems))
{
    private const int MostInMessage = 20;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<RowProblem> Problems { get; } = problems;

    private static string Describe(string path, IReadOnlyList<RowProblem> problems)
    {
        var lines = problems.Take(MostInMessage).Select(problem => $"\n- {problem}");
        var more = problems.Count > MostInMessage ? $"\n- and {problems.Count - MostInMessage} more" : "";
        return $"{path} has {problems.Count} {(problems.Count == 1 ? "problem" : "problems")}:{string.Concat(lines)}{more}";
    }
}
