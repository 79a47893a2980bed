namespace Overseer.Generators.Lock;

/// <summary>The values that System.Text.Json has a form of their own for, and which of them can be read as which others without loss.</summary>
internal static class BuiltIns
{
    /// <summary>What a <c>byte[]</c> is written as.</summary>
    public const string Base64 = "base64";

    private static readonly string[] Numbers =
    [
        "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "Int128", "UInt128", "Half", "float", "double", "decimal",
    ];

    private static readonly string[] Texts = ["string", "char", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Guid", "Uri", "Version", Base64];

    private static readonly HashSet<string> All = [.. Numbers, .. Texts, "bool", "JsonObject", "JsonArray", "JsonValue"];

    // Only where every value of the first is exactly one of the second: not long to double, which has 53 bits.
    private static readonly Dictionary<string, string[]> Wider = new(StringComparer.Ordinal)
    {
        ["sbyte"] = ["short", "int", "long", "Int128", "Half", "float", "double", "decimal"],
        ["byte"] = ["short", "ushort", "int", "uint", "long", "ulong", "Int128", "UInt128", "Half", "float", "double", "decimal"],
        ["short"] = ["int", "long", "Int128", "float", "double", "decimal"],
        ["ushort"] = ["int", "uint", "long", "ulong", "Int128", "UInt128", "float", "double", "decimal"],
        ["int"] = ["long", "Int128", "double", "decimal"],
        ["uint"] = ["long", "ulong", "Int128", "UInt128", "double", "decimal"],
        ["long"] = ["Int128", "decimal"],
        ["ulong"] = ["Int128", "UInt128", "decimal"],
        ["Half"] = ["float", "double"],
        ["float"] = ["double"],
    };

    public static bool Contains(string name) => All.Contains(name);

    public static bool IsNumber(string name) => Array.IndexOf(Numbers, name) >= 0;

    /// <summary>Whether it has values that are no numbers.</summary>
    public static bool HasLiterals(string name) => name is "Half" or "float" or "double";

    /// <summary>Whether all that is written of one is read as the other, and as the same value.</summary>
    public static bool CanBeReadAs(string stored, string now) =>
        stored == now
        || (Wider.TryGetValue(stored, out var wider) && Array.IndexOf(wider, now) >= 0)
        || (now == "string" && stored != Base64 && Array.IndexOf(Texts, stored) >= 0);
}
