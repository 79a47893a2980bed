using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Overseer.Json;

/// <summary>What System.Text.Json says is wrong with a payload, without what the payload holds: its messages quote values, and its paths the keys of dictionaries.</summary>
/// <remarks>What code of the user's throws is its own words, and stays as it is.</remarks>
internal static class PayloadProblem
{
    // These quote what is declared, and nothing else.
    private static readonly string[] NamesMembers = ["JSON deserialization for type '", "The property or field '", "The constructor parameter '"];

    private const string SameKey = "An item with the same key has already been added.";

    private const string NoLiteral = "' is an invalid JSON literal.";

    /// <summary>The error to tell of and to pass on: the same, or one of its kind that quotes nothing.</summary>
    /// <param name="error">What reading or writing threw.</param>
    /// <param name="type">The metadata of the payload; null if it was of no type.</param>
    public static Exception Of(Exception error, JsonTypeInfo? type = null) => error switch
    {
        JsonException json => Of(json, type),
        FormatException format => new FormatException(WithoutQuotes(format.Message)),
        // Of a type that cannot be stored; it names the type, and then the path.
        NotSupportedException { Message: var message } when message.IndexOf(" Path: $", StringComparison.Ordinal) is > 0 and var path => new NotSupportedException(message[..path]),
        // Of a JsonNode in which a member is twice; the key comes last.
        ArgumentException { Message: var message } when message.StartsWith(SameKey, StringComparison.Ordinal) => new ArgumentException(SameKey),
        _ => error,
    };

    private static JsonException Of(JsonException error, JsonTypeInfo? type)
    {
        var path = error.Path is null || type is null ? null : DeclaredPath.Of(error.Path, type);
        var message = error.Path is { } full && error.Message.LastIndexOf($" Path: {full}", StringComparison.Ordinal) is >= 0 and var place
            ? $"{WithoutQuotes(error.Message[..place])}{(path is null ? "" : $" Path: {path}")}{error.Message[(place + " Path: ".Length + full.Length)..]}"
            // Of a member that is there twice the path leads to it, and is not said; a key of a dictionary it does not lead to any more.
            : path is not null && path.EndsWith($".{Quoted(error.Message)}", StringComparison.Ordinal) ? error.Message : WithoutQuotes(error.Message);
        return new JsonException(message, path, error.LineNumber, error.BytePositionInLine, error.InnerException is FormatException or JsonException ? null : error.InnerException);
    }

    private static string Quoted(string message) => message.Split('\'') is [_, var quoted, _, ..] ? quoted : "";

    private static string WithoutQuotes(string message)
    {
        // One character of a text tells nothing, and where the text is broken.
        if (message is ['\'', _, '\'', ..] || message.StartsWith("'0x", StringComparison.Ordinal) || NamesMembers.Any(start => message.StartsWith(start, StringComparison.Ordinal))) return message;
        var first = message.IndexOf('\'', StringComparison.Ordinal);
        var last = message.LastIndexOf(NoLiteral, StringComparison.Ordinal) is > 0 and var end ? end : message.LastIndexOf('\'');
        return last > first ? $"{message[..(first + 1)]}…{message[last..]}" : message;
    }
}
