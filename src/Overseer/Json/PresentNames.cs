using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Overseer.Json;

/// <summary>Gives the members of a stored text their present names, where <see cref="WasNamedAttribute"/> says that they had others. All else stays as it is.</summary>
internal sealed class PresentNames
{
    private static readonly JsonWriterOptions Options = new() { Encoder = ExactEncoder.Instance };

    private readonly MemberNames names;
    private readonly SearchValues<string> signs;

    private PresentNames(MemberNames names, IReadOnlySet<string> formerNames)
    {
        this.names = names;
        // A name may be written with escapes.
        signs = SearchValues.Create([.. formerNames, "\\"], StringComparison.Ordinal);
    }

    /// <summary>Null if no member of the type, nor of what it holds, was ever renamed.</summary>
    public static PresentNames? Of(JsonTypeInfo type) =>
        MemberNameFinder.Find(type, out var formerNames) is { } names ? new PresentNames(names, formerNames) : null;

    /// <exception cref="JsonException">The text is no JSON.</exception>
    public string In(string text)
    {
        if (!text.AsSpan().ContainsAny(signs)) return text;
        using var document = JsonDocument.Parse(text);
        var output = new ArrayBufferWriter<byte>(text.Length);
        using (var writer = new Utf8JsonWriter(output, Options)) Write(writer, document.RootElement, names);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, MemberNames? names)
    {
        names = names?.For(value);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when names is { Matters: true }:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    if (names.FindPresentName(property.Name, value) is not { } name) continue;
                    writer.WritePropertyName(name);
                    Write(writer, property.Value, names.Of(name));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array when names is { Matters: true }:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray()) Write(writer, element, names.Elements);
                writer.WriteEndArray();
                break;
            default:
                // Numbers and strings as they are written, to the digit.
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
                break;
        }
    }
}
