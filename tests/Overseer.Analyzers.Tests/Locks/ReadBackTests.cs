using System.Text.Encodings.Web;
using System.Text.Json;
using Overseer.Generators.Lock;
using Xunit;

namespace Overseer.Analyzers.Tests.Locks;

/// <summary>What the lock file calls a widening, held against System.Text.Json: every value of one type is read as the other and written back as the same text.</summary>
public sealed class ReadBackTests
{
    // The ends and what is hard to hold in between.
    private static readonly Dictionary<Type, object[]> Samples = new()
    {
        [typeof(sbyte)] = [sbyte.MinValue, sbyte.MaxValue, (sbyte)0],
        [typeof(byte)] = [byte.MinValue, byte.MaxValue],
        [typeof(short)] = [short.MinValue, short.MaxValue],
        [typeof(ushort)] = [ushort.MinValue, ushort.MaxValue],
        [typeof(int)] = [int.MinValue, int.MaxValue, 16_777_217],
        [typeof(uint)] = [uint.MinValue, uint.MaxValue],
        [typeof(long)] = [long.MinValue, long.MaxValue, 9_007_199_254_740_993],
        [typeof(ulong)] = [ulong.MinValue, ulong.MaxValue],
        [typeof(Int128)] = [Int128.MinValue, Int128.MaxValue],
        [typeof(UInt128)] = [UInt128.MinValue, UInt128.MaxValue],
        [typeof(Half)] = [Half.MinValue, Half.MaxValue, (Half)0.1, Half.Epsilon],
        [typeof(float)] = [float.MinValue, float.MaxValue, 0.1f, float.Epsilon],
        [typeof(double)] = [double.MinValue, double.MaxValue, 0.1, double.Epsilon],
        [typeof(decimal)] = [decimal.MinValue, decimal.MaxValue, 0.1m, 0.0000000000000000000000000001m, 1.10m],
        [typeof(bool)] = [true, false],
        [typeof(string)] = ["", "text", "1"],
        [typeof(char)] = ['a', '\u00e9'],
        [typeof(DateTime)] = [new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1), new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Unspecified)],
        [typeof(DateTimeOffset)] = [new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(5))],
        [typeof(DateOnly)] = [new DateOnly(2026, 1, 2)],
        [typeof(TimeOnly)] = [new TimeOnly(3, 4, 5), new TimeOnly(1)],
        [typeof(TimeSpan)] = [TimeSpan.FromTicks(-1), TimeSpan.FromDays(400), TimeSpan.FromHours(3)],
        [typeof(Guid)] = [new Guid("00000000-0000-0000-0000-000000000001")],
        [typeof(Uri)] = [new Uri("https://example.org/a?b"), new Uri("a/b", UriKind.Relative)],
        [typeof(Version)] = [new Version(1, 2), new Version(1, 2, 3, 4)],
        [typeof(byte[])] = [new byte[] { 1, 2, 3 }, Array.Empty<byte>()],
    };

    // What these samples survive, but what is no widening: any text is a text, and only some of it is a Uri.
    private static readonly (string, string)[] Chances = [("string", "Uri"), ("Version", "Uri"), ("char", "Uri"), ("DateTimeOffset", "Uri"), ("DateTime", "Uri"), ("DateOnly", "Uri"), ("TimeOnly", "Uri"), ("TimeSpan", "Uri"), ("Guid", "Uri"), ("base64", "Uri"), ("base64", "string"), ("DateTimeOffset", "DateTime"), ("TimeOnly", "TimeSpan")];

    // As text is text however it is escaped.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. Samples.Keys.Select(NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_widening_loses_nothing_and_nothing_else_is_one(string stored)
    {
        var values = Samples.Single(pair => NameOf(pair.Key) == stored);
        foreach (var now in Samples.Keys)
        {
            var survives = values.Value.All(value => Survives(JsonSerializer.Serialize(value, values.Key, Plain), now));
            var name = NameOf(now);
            Assert.True(BuiltIns.CanBeReadAs(stored, name) == (survives && !Chances.Contains((stored, name))), $"{stored} → {name}: the text {(survives ? "survives" : "does not survive")}.");
        }
    }

    private static bool Survives(string text, Type now)
    {
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(text, now), now, Plain) == text;
        }
        // What is too large for a number may come as infinity, which has no text.
        catch (Exception refused) when (refused is JsonException or ArgumentException)
        {
            return false;
        }
    }

    private static string NameOf(Type type) => type == typeof(byte[]) ? "base64" : type.Name switch
    {
        "SByte" => "sbyte",
        "Int16" => "short",
        "UInt16" => "ushort",
        "Int32" => "int",
        "UInt32" => "uint",
        "Int64" => "long",
        "UInt64" => "ulong",
        "Single" => "float",
        "Boolean" => "bool",
        "Byte" or "Double" or "Decimal" or "String" or "Char" => type.Name.ToLowerInvariant(),
        _ => type.Name,
    };
}
