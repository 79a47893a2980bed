using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Tests.Json;

public sealed class PayloadJsonTests
{
    public sealed record Person(string Name, int[] Scores, Dictionary<string, DateOnly> Days, char Letter = 'x');

    public sealed class Bag
    {
        public List<int> Filled { get; } = [];

        public int field = 1;
    }

    public sealed record Throwing
    {
        public Throwing(int value) => throwing = value == 7 ? throw new TimeZoneNotFoundException("seven") : value;

        private readonly int throwing;

        public int Value => throwing > 0 ? throw new TimeZoneNotFoundException("read") : throwing;
    }

    [JsonConverter(typeof(RawTextConverter))]
    public sealed record RawText(byte[] Bytes);

    private sealed class RawTextConverter : JsonConverter<RawText>
    {
        public override RawText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Bytes);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("NUL \0 and U+2028 \u2028 and \u202e bidi")]
    [InlineData("emoji 👩‍👩‍👧 and ünïcödé")]
    [InlineData("\"quotes\" \\ </script>")]
    public void Text_comes_back_exactly(string text)
    {
        var json = PayloadJson.Default.SerializeArgs("test", new Person(text, [1], new() { [text] = new DateOnly(2026, 2, 28) }))!;
        Assert.DoesNotContain('\0', json);
        var back = PayloadJson.Default.Deserialize<Person>("test", json);
        Assert.Equal(text, back.Name);
        Assert.Equal(text, Assert.Single(back.Days).Key);
    }

    [Theory]
    [InlineData(@"\ud800")]
    [InlineData(@"a\udc00b")]
    [InlineData(@"😀\ud83d")]
    public void A_lone_surrogate_is_refused_as_value_and_as_key(string escaped)
    {
        var text = Regex.Unescape(escaped);
        Assert.Contains("lone surrogate", Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", text)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", new Dictionary<string, int> { [text] = 1 }));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", new Dictionary<string, object> { ["a"] = text }));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", new Person(text, [], [])));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", JsonValue.Create(text)));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", new JsonObject { [text] = 1 }));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", JsonDocument.Parse($"[\"{escaped}\"]").RootElement));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", JsonNode.Parse($"{{\"{escaped}\":1}}")));
    }

    [Fact]
    public void A_lone_surrogate_character_is_refused() => Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", '\ud800'));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_whoever_writes_them() =>
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", new RawText([0xC3])));

    [Fact]
    public void Long_text_is_exact_in_every_part()
    {
        var text = string.Concat(Enumerable.Repeat("😀\n\"é", 50_000));
        Assert.Equal(text, PayloadJson.Default.Deserialize<string>("test", PayloadJson.Default.SerializeArgs("test", text)!));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", text + '\ud800'));
    }

    [Fact]
    public void A_member_that_is_there_twice_is_refused() =>
        Assert.Throws<UnreadablePayloadException>(() => PayloadJson.Default.Deserialize<Dictionary<string, int>>("test", """{"a":1,"a":2}"""));

    [Fact]
    public void Whatever_the_user_s_code_throws_the_payload_is_named()
    {
        Assert.Contains("'test' (", Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("test", new Throwing(1))).Message, StringComparison.Ordinal);
        Assert.IsType<TimeZoneNotFoundException>(Assert.Throws<UnreadablePayloadException>(() => PayloadJson.Default.Deserialize<Throwing>("test", """{"Value":7}""")).InnerException);
    }

    [Fact]
    public void What_JSON_cannot_hold_is_refused_with_its_owner_and_type()
    {
        var error = Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("measure", double.NaN));
        Assert.Contains("'measure' (System.Double)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("measure", (object)new Action(() => { })));
    }

    [Fact]
    public void An_endless_object_is_refused()
    {
        var loop = new List<object>();
        loop.Add(loop);
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("loop", loop));
    }

    [Fact]
    public void Read_only_collections_and_fields_come_back()
    {
        var bag = new Bag { field = 7 };
        bag.Filled.Add(3);
        var back = PayloadJson.Default.Deserialize<Bag>("test", PayloadJson.Default.SerializeArgs("test", bag)!);
        Assert.Equal([3], back.Filled);
        Assert.Equal(7, back.field);
    }

    [Fact]
    public void A_missing_or_null_member_is_not_read_as_nothing()
    {
        Assert.Throws<UnreadablePayloadException>(() => PayloadJson.Default.Deserialize<Person>("test", """{"Name":"a"}"""));
        Assert.Throws<UnreadablePayloadException>(() => PayloadJson.Default.Deserialize<Person>("test", """{"Name":null,"Scores":[],"Days":{}}"""));
    }

    [Fact]
    public void A_result_over_the_limit_is_rejected_with_its_size()
    {
        var error = Assert.Throws<ResultRejectedException>(() => PayloadJson.Default.SerializeResult("big", new string('ä', 600), 1024));
        Assert.Contains("1,202 bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(1202, Encoding.UTF8.GetByteCount(PayloadJson.Default.SerializeResult("big", new string('ä', 600), 1202)!));
    }

    [Fact]
    public void Nothing_is_stored_for_unit() => Assert.Null(PayloadJson.Default.SerializeArgs("none", Unit.Value));

    [Theory]
    [InlineData("a\0b", 10, "a\ufffdb")]
    [InlineData(@"a\ud800", 10, "a\ufffd")]
    [InlineData("😀", 10, "😀")]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("abc😀", 4, "abc…")]
    [InlineData("ab😀d", 4, "ab\ufffd…")]
    [InlineData(null, 4, "")]
    public void Failure_text_is_cleaned_and_cut(string? escaped, int length, string expected) =>
        Assert.Equal(expected, FailureText.Clean(escaped is null ? null : Regex.Unescape(escaped), length));
}
