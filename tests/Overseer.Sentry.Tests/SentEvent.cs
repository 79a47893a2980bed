using System.Text.Json;

namespace Overseer.Sentry.Tests;

/// <summary>One event as it went over the wire.</summary>
/// <param name="Envelope">The whole envelope it came in.</param>
/// <param name="Json">The event.</param>
internal sealed record SentEvent(string Envelope, JsonElement Json)
{
    public string Level => Json.GetProperty("level").GetString()!;

    public string Message => Json.GetProperty("logentry").GetProperty("formatted").GetString()!;

    public string[] Fingerprint => [.. Json.GetProperty("fingerprint").EnumerateArray().Select(part => part.GetString()!)];

    public Dictionary<string, string> Tags => Json.GetProperty("tags").EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString()!);

    public JsonElement[] Exceptions =>
        Json.TryGetProperty("exception", out var exception) ? [.. exception.GetProperty("values").EnumerateArray()] : [];

    public string[] ExceptionTypes => [.. Exceptions.Select(thrown => thrown.GetProperty("type").GetString()!)];

    /// <summary>Reads an envelope: a header line, then per item a header line and a payload line.</summary>
    public static IEnumerable<SentEvent> ReadEnvelope(string envelope)
    {
        var lines = envelope.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i + 1 < lines.Length; i += 2)
        {
            var header = JsonElement.Parse(lines[i]);
            if (header.GetProperty("type").GetString() == "event") yield return new SentEvent(envelope, JsonElement.Parse(lines[i + 1]));
        }
    }
}
