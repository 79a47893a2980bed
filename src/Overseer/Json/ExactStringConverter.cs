using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overseer.Json;

/// <summary>Refuses a string with a lone surrogate, which System.Text.Json would silently replace by U+FFFD.</summary>
internal sealed class ExactStringConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Exact(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Exact(value));

    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return i;
            i++;
        }

        return -1;
    }

    private static string Exact(string value)
    {
        var place = IndexOfLoneSurrogate(value);
        return place < 0
            ? value
            : throw new JsonException($"A string holds a lone surrogate (U+{(int)value[place]:X4} at position {place}), which JSON cannot keep.");
    }
}
