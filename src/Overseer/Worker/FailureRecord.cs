namespace Overseer;

/// <summary>What is stored about a failure: cleaned and cut, whatever the exception does when it is looked at.</summary>
internal static class FailureRecord
{
    private const int MessageLength = 4000;
    private const int DetailsLength = 16_000;

    // Each exception copies the text of the one inside it, so the text of n takes n² time (seen: 13 s for 10,000).
    private const int MostNested = 100;

    public static JobFailure Of(string message) => new(FailureText.Clean(message, MessageLength));

    public static JobFailure Of(Exception error) => new(
        FailureText.Clean(Read(() => error.Message), MessageLength),
        FailureText.Clean(error.GetType().FullName, 1000),
        FailureText.Clean(Read(Innermost(error).ToString), DetailsLength));

    // What happened first, if there is too much around it.
    private static Exception Innermost(Exception error)
    {
        var innermost = error;
        var nested = 0;
        for (; innermost.InnerException is { } inner; nested++) innermost = inner;
        return nested > MostNested ? innermost : error;
    }

    // Message and ToString are the user's code and may throw themselves.
    private static string Read(Func<string> read)
    {
        try
        {
            return read() ?? "";
        }
        catch (Exception error)
        {
            return $"(the exception's own text cannot be read: {error.GetType().FullName})";
        }
    }
}
