using System.Text.Json;
using System.Text.Json.Serialization;

namespace Overseer.Json;

/// <summary>Refuses a character that is half of a surrogate pair.</summary>
internal sealed class ExactCharConverter : JsonConverter<char>
{
    public override char Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: 1 } text ? text[0] : throw new JsonException("A single character was expected.");

    public override void Write(Utf8JsonWriter writer, char value, JsonSerializerOptions options)
    {
        if (char.IsSurrogate(value)) throw new JsonException($"A lone surrogate (U+{(int)value:X4}) cannot be kept in JSON.");
        writer.WriteStringValue(new ReadOnlySpan<char>(in value));
    }
}
