using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace Overseer.Tests.Json;

/// <summary>Members that were renamed are read from texts of before, by reflection and by a context alike.</summary>
public sealed partial class WasNamedTests
{
    private static readonly PayloadJson[] Both = [PayloadJson.Default, PayloadJson.Of(RenamedJson.Default)];

    public sealed record Row([WasNamed("Total", "Number")] int Count, [property: WasNamed("Where")] string? Path = null);

    public sealed record Rows(List<Row> All, Dictionary<string, Row> ByName, Row?[]? Some = null, Pair? Two = null, (Row First, int Second) Both = default);

    public struct Pair
    {
        [WasNamed("One")]
        public int First { get; set; }
    }

    public class Kinds
    {
        [WasNamed("OldField")]
        public int field;

        [WasNamed("Must")]
        public required string Required { get; init; }

        [JsonPropertyName("a b"), WasNamed("a-b", "Named")]
        public int Named { get; set; }

        [WasNamed("OldDay"), JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))]
        public DayOfWeek Day { get; set; }

        [WasNamed("OldVirtual")]
        public virtual int Virtual { get; set; }

        [JsonInclude, WasNamed("OldHidden")]
        internal int Hidden { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; set; }
    }

    public sealed class Filled
    {
        [WasNamed("All")]
        public List<Row> List { get; } = [];

        [WasNamed("OldPair")]
        public Pair Pair { get; set; } = new() { First = 1 };
    }

    public sealed class Overriding : Kinds
    {
        public override int Virtual { get; set; }
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), 4)]
    public abstract class Shape
    {
        [WasNamed("Title")]
        public string Name { get; set; } = "";
    }

    public sealed class Circle : Shape
    {
        [WasNamed("Size")]
        public double Radius { get; set; }
    }

    public sealed class Square : Shape
    {
        [WasNamed("Size")]
        public double Side { get; set; }
    }

    public sealed class Node
    {
        public Node? Next { get; set; }

        [WasNamed("v")]
        public int Value { get; set; }
    }

    public sealed record Exact(decimal Number, JsonElement Any, [WasNamed("T")] string Text = "");

    [JsonConverter(typeof(OpaqueConverter))]
    public sealed record Opaque([WasNamed("a")] int A);

    public sealed record Seen([WasNamed("a")] int A);

    public sealed record Holder(Opaque It, [WasNamed("X")] int Y, [property: JsonConverter(typeof(SeenConverter))] Seen? Other = null);

    public sealed class Ignoring
    {
        [WasNamed("Old")]
        public int New { get; set; }

        [JsonIgnore]
        public int Old { get; set; }
    }

    public sealed record Swapped([WasNamed("B")] int A, int B = 0);

    public sealed record Plain(int Id, List<string> Names);

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Strict([WasNamed("a")] int A);

    [Fact]
    public void A_member_is_read_from_its_former_name()
    {
        Reads("""{"Total":3,"Where":"x"}""", new Row(3, "x"));
        Reads("""{"Number":3}""", new Row(3));
        Reads("""{"Count":3}""", new Row(3));
        Reads("""{"Tot\u0061l":3}""", new Row(3));
    }

    [Fact]
    public void The_present_name_wins_and_then_the_latest_of_the_former()
    {
        Reads("""{"Number":1,"Total":2,"Count":3}""", new Row(3));
        Reads("""{"Count":3,"Total":2}""", new Row(3));
        Reads("""{"Number":1,"Total":2}""", new Row(2));
        Reads("""{"a":1,"A":2}""", new Strict(2));
    }

    [Fact]
    public void What_is_a_name_now_is_not_read_as_a_former_one() => Reads("""{"A":1,"B":2}""", new Swapped(1, 2));

    [Fact]
    public void Members_are_found_at_any_depth()
    {
        const string old = """
            {
              "All": [{ "Total": 1 }], "ByName": { "Total": { "Number": 2 } }, "Some": [null, { "Total": 3, "Where": null }], "Two": { "One": 4 }, "Both": { "Item1": { "Total": 5 }, "Item2": 6 }
            }
            """;
        foreach (var json in Both)
        {
            var rows = json.Deserialize<Rows>("test", old);
            Assert.Equal(1, rows.All.Single().Count);
            Assert.Equal(2, rows.ByName["Total"].Count);
            Assert.Equal([null, new Row(3)], rows.Some!);
            Assert.Equal(4, rows.Two!.Value.First);
            Assert.Equal((new Row(5), 6), rows.Both);
        }
    }

    [Fact]
    public void Every_kind_of_member_can_be_renamed()
    {
        const string old = """{"OldField":1,"Must":"m","a-b":3,"OldDay":"Friday","OldVirtual":4,"OldHidden":5,"Else":6}""";
        foreach (var json in Both)
        {
            foreach (var kinds in new[] { json.Deserialize<Kinds>("test", old), json.Deserialize<Overriding>("test", old) })
            {
                Assert.Equal((1, "m", 3, DayOfWeek.Friday, 4, 5), (kinds.field, kinds.Required, kinds.Named, kinds.Day, kinds.Virtual, kinds.Hidden));
                Assert.Equal("Else", Assert.Single(kinds.Rest!).Key);
            }
        }
    }

    [Fact]
    public void What_is_there_already_is_filled_from_a_former_name()
    {
        foreach (var json in Both)
        {
            var filled = json.Deserialize<Filled>("test", """{"All":[{"Total":2}],"OldPair":{"One":3}}""");
            Assert.Equal([new Row(2)], filled.List);
            Assert.Equal(3, filled.Pair.First);
        }
    }

    [Theory]
    [InlineData("""[{"$type":"circle","Title":"c","Size":1.5},{"$type":4,"Size":2,"Title":"s"}]""")]
    [InlineData("""[{"$type":"circle","Name":"c","Radius":1.5},{"$type":4,"Side":2,"Name":"s"}]""")]
    public void A_derived_type_has_names_of_its_own(string text)
    {
        foreach (var json in Both)
        {
            var shapes = json.Deserialize<List<Shape>>("test", text);
            Assert.Equal(("c", 1.5), (Assert.IsType<Circle>(shapes[0]).Name, ((Circle)shapes[0]).Radius));
            Assert.Equal(("s", 2), (Assert.IsType<Square>(shapes[1]).Name, ((Square)shapes[1]).Side));
        }
    }

    [Fact]
    public void A_type_that_holds_itself_is_read_to_its_end()
    {
        foreach (var json in Both)
            Assert.Equal(3, json.Deserialize<Node>("test", """{"v":1,"Next":{"Value":2,"Next":{"v":3}}}""").Next!.Next!.Value);
    }

    [Fact]
    public void All_else_is_kept_to_the_letter()
    {
        const string any = """{ "T" : 1.50e+003, "\u0054\u2028": "\ud83d\ude00 \u00fc" }""";
        foreach (var json in Both)
        {
            var exact = json.Deserialize<Exact>("test", $$"""{"Number":12345678901234567890.1234500,"Any":{{any}},"T":"\u0041😀\"\\"}""");
            Assert.Equal("12345678901234567890.12345", exact.Number.ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(any, exact.Any.GetRawText());
            Assert.Equal("A😀\"\\", exact.Text);
        }
    }

    [Fact]
    public void What_has_a_converter_is_not_looked_into() =>
        Reads("""{"It":{"a":7,"X":8},"X":9,"Other":{"a":1,"A":2}}""", new Holder(new Opaque(7), 9, new Seen(1)));

    [Fact]
    public void A_member_that_is_not_stored_has_no_name() => Assert.All(Both, json => Assert.Equal(1, json.Deserialize<Ignoring>("test", """{"Old":1}""").New));

    [Fact]
    public void Only_present_names_are_written()
    {
        foreach (var json in Both)
        {
            Assert.Equal("""{"Count":3,"Path":"x"}""", json.SerializeArgs("test", json.Deserialize<Row>("test", """{"Where":"x","Total":3}""")));
            Assert.Equal("""{"Count":3,"Path":"ü <"}""", json.WithPresentNames<Row>("""{"Number":3,"Where":"ü <"}"""));
        }
    }

    [Theory]
    [InlineData("""{"Total":1,"Total":2}""", "Count")]
    [InlineData("""{"Total":1,"Count":2,"Count":2}""", "Count")]
    [InlineData("""{"Total":"x"}""", "$.Count")]
    [InlineData("""{"Where":"x"}""", "Count")]
    [InlineData("""{"Total":1""", "")]
    [InlineData("""{"Total":1,}""", "")]
    [InlineData("""{"Total":1,"Else":"\ud800"}x""", "")]
    public void What_cannot_be_read_is_still_refused_by_name(string text, string said)
    {
        foreach (var json in Both)
        {
            var error = Assert.Throws<UnreadablePayloadException>(() => json.Deserialize<Row>("The args of job '1-0'", text));
            Assert.StartsWith("The args of job '1-0'", error.Message, StringComparison.Ordinal);
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nesting_is_limited_as_ever()
    {
        static string Nested(int depth, string name) => string.Concat(Enumerable.Repeat($"{{\"{name}\":1,\"Next\":", depth - 1)) + "{}" + new string('}', depth - 1);
        foreach (var json in Both)
        {
            json.Deserialize<Node>("test", Nested(64, "v"));
            Assert.Throws<UnreadablePayloadException>(() => json.Deserialize<Node>("test", Nested(65, "v")));
            Assert.Throws<UnreadablePayloadException>(() => json.Deserialize<Node>("test", Nested(65, "Value")));
        }
    }

    [Fact]
    public void A_text_is_left_alone_where_nothing_was_renamed()
    {
        foreach (var json in Both)
        {
            var text = """{"Id":1,"Names":["Total"]}""";
            Assert.Same(text, json.WithPresentNames<Plain>(text));
            Assert.Same(text, json.WithPresentNames<Opaque>(text));
            text = """{"Count":1}""";
            Assert.Same(text, json.WithPresentNames<Row>(text));
        }
    }

    private static void Reads<T>(string text, T value) => Assert.All(Both, json => Assert.Equal(value, json.Deserialize<T>("test", text)));

    public sealed class OpaqueConverter : JsonConverter<Opaque>
    {
        public override Opaque Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonElement.ParseValue(ref reader).GetProperty("a").GetInt32());

        public override void Write(Utf8JsonWriter writer, Opaque value, JsonSerializerOptions options) => writer.WriteNumberValue(value.A);
    }

    public sealed class SeenConverter : JsonConverter<Seen>
    {
        public override Seen Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonElement.ParseValue(ref reader).GetProperty("a").GetInt32());

        public override void Write(Utf8JsonWriter writer, Seen value, JsonSerializerOptions options) => writer.WriteNumberValue(value.A);
    }

    [JsonSerializable(typeof(Ignoring))]
    [JsonSerializable(typeof(Rows))]
    [JsonSerializable(typeof(Kinds))]
    [JsonSerializable(typeof(Overriding))]
    [JsonSerializable(typeof(Filled))]
    [JsonSerializable(typeof(List<Shape>))]
    [JsonSerializable(typeof(Node))]
    [JsonSerializable(typeof(Exact))]
    [JsonSerializable(typeof(Holder))]
    [JsonSerializable(typeof(Swapped))]
    [JsonSerializable(typeof(Plain))]
    [JsonSerializable(typeof(Strict))]
    private sealed partial class RenamedJson : JsonSerializerContext;
}
