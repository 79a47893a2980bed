using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Xunit;

namespace Overseer.Tests.Json;

/// <summary>What is said of a payload that cannot be read or written tells where and why, and nothing that the payload holds.</summary>
public sealed class PayloadProblemTests
{
    public sealed record Order(int? Number, Line[] Lines, Dictionary<string, Line> ByCode, [property: JsonPropertyName("with space")] Line? Spaced = null);

    public record struct Line(int Count, Kind Kind);

    public enum Kind
    {
        New,
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    public abstract record Figure;

    public sealed record Circle(int Radius) : Figure;

    [JsonConverter(typeof(PortConverter))]
    public sealed record Port(int Number);

    private sealed class PortConverter : JsonConverter<Port>
    {
        public override Port Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(int.Parse(reader.GetString()!, CultureInfo.InvariantCulture));

        public override void Write(Utf8JsonWriter writer, Port value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    [Theory]
    [InlineData("""{"Number":"secret"}""", " Path: $.Number | LineNumber: 0")]
    [InlineData("""{"Number":1,"Lines":[{"Count":1},{"Count":"secret"}]}""", "could not be converted to System.Int32. Path: $.Lines[1].Count | ")]
    [InlineData("""{"Number":1,"Lines":[],"ByCode":{"secret":{"Count":"secret"}}}""", "could not be converted to System.Int32. Path: $.ByCode… | ")]
    [InlineData("""{"Number":1,"Lines":[],"ByCode":{"a.secret'] Path: $.x":[]}}""", "Line. Path: $.ByCode… | ")]
    [InlineData("""{"with space":{"Kind":"secret"}}""", "Kind. Path: $['with space'].Kind | ")]
    [InlineData("""{"secret":1}""", "was missing required properties including: 'Number', 'Lines', 'ByCode'.")]
    [InlineData("""{"Number":1,"Lines":null}""", "'Lines'")]
    [InlineData("""{"ByCode":{"secret":1,"secret":2}}""", "Path: $.ByCode… | ")]
    [InlineData("""{"Number":1,"Number":2}""", "Duplicate property 'Number' encountered")]
    [InlineData("tsecret", "'…' is an invalid JSON literal. Expected the literal 'true'. Path: $ | LineNumber: 0")]
    [InlineData("[secret", "Order. Path: $ | ")]
    [InlineData("""{"Number":!}""", "'!' is an invalid start of a value. Path: $.Number | ")]
    public void Members_and_places_are_named_and_no_more(string text, string expected) => Check<Order>(text, expected);

    [Theory]
    [InlineData("""{"$type":"secret"}""", "Read unrecognized type discriminator id '…'. Path: $ | ")]
    [InlineData("""{"$type":"circle","Radius":"secret"}""", " Path: $.Radius | ")]
    public void A_kind_that_is_not_known_is_not_repeated(string text, string expected) => Check<Figure>(text, expected);

    [Fact]
    public void A_member_that_is_twice_in_free_JSON_is_not_repeated()
    {
        Check<JsonElement>("""{"secret":1,"secret":2}""", "Duplicate property '…'");
        Check<JsonNode>("""{"secret":1,"secret":2}""", "An item with the same key has already been added.");
    }

    [Fact]
    public void What_a_converter_parses_is_not_repeated() => Check<Port>("\"secret\"", "The input string '…' was not in a correct format.");

    [Fact]
    public void What_cannot_be_written_is_named_by_its_type_and_place()
    {
        var problem = Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", new Dictionary<string, Action> { ["secret"] = () => { } }));
        Assert.Contains("'System.Action' instances is not supported.", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    private static void Check<T>(string text, string expected)
    {
        var problem = Assert.Throws<UnreadablePayloadException>(() => PayloadJson.Default.Deserialize<T>("test", text));
        Assert.True(problem.Message.Contains(expected, StringComparison.Ordinal), problem.Message);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }
}
