using System.Text;
using System.Text.Json;

namespace Overseer.Json;

/// <summary>JSON text that came from outside: whether it is a value that can be kept exactly and read back.</summary>
internal static class JsonText
{
    private const string Escaped = "an escape in it stands for a lone surrogate.";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What is wrong with it, as the end of a sentence; null if nothing is.</summary>
    public static string? FindProblem(string text)
    {
        // Its UTF-8 would hold U+FFFD in the place of one.
        if (LoneSurrogate.IndexIn(text) is >= 0 and var place) return $"there is a lone surrogate (U+{(int)text[place]:X4}) at position {place}.";
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
        }
        catch (JsonException error)
        {
            return PayloadProblem.Of(error).Message;
        }
        // What escaped names stand for is looked at only to compare them.
        catch (InvalidOperationException)
        {
            return Escaped;
        }

        // Only an escape can still hide one.
        return text.Contains("\\u", StringComparison.Ordinal) && HasLoneSurrogate(Encoding.UTF8.GetBytes(text)) ? Escaped : null;
    }

    private static bool HasLoneSurrogate(byte[] text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return true;
        }

        return false;
    }
}
