namespace Overseer;

/// <summary>What is stored about a failure: cleaned and cut, whatever the exception does when it is looked at.</summary>
internal static class FailureRecord
{
    private const int MessageLength = 4000;
    private const int DetailsLength = 16_000;

    public static JobFailure Of(string message) => new(FailureText.Clean(message, MessageLength));

    public static JobFailure Of(Exception error) => new(
        FailureText.Clean(Read(() => error.Message), MessageLength),
        FailureText.Clean(error.GetType().FullName, 1000),
        FailureText.Clean(Read(error.ToString), DetailsLength));

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
