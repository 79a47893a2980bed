namespace Overseer.Generators.Lock;

/// <summary>How a value stands in JSON, written <c>int</c>, <c>Reports.Row?</c>, <c>string[]</c>, <c>set&lt;int&gt;</c>, <c>map&lt;string, Reports.Row&gt;</c>, <c>text&lt;Reports.Color&gt;</c>, <c>any</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The name of the built-in type, of the entry among the types, or of the converter; empty if there is none.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="Element">What the elements or the values of a map are.</param>
/// <param name="Key">What the keys of a map are.</param>
internal sealed record LockedValue(ValueKind Kind, string Name, bool IsNullable = false, LockedValue? Element = null, LockedValue? Key = null)
{
    // A real one has a handful; this keeps a broken file from overflowing the stack.
    private const int MostLevels = 64;

    public static LockedValue Any { get; } = new(ValueKind.Any, "");

    public override string ToString()
    {
        var text = Kind switch
        {
            ValueKind.Any => "any",
            ValueKind.Array => Element + "[]",
            ValueKind.Set => $"set<{Element}>",
            ValueKind.Map => $"map<{Key}, {Element}>",
            ValueKind.Text => $"text<{Name}>",
            ValueKind.Converted => $"converter<{Name}>",
            _ => Name,
        };
        return IsNullable ? text + "?" : text;
    }

    /// <summary>Null if the text is not one that <see cref="ToString"/> gives.</summary>
    public static LockedValue? Parse(string text) => Parse(text, 0);

    private static LockedValue? Parse(string text, int level)
    {
        if (++level > MostLevels) return null;
        if (text.EndsWith("?", StringComparison.Ordinal)) return Parse(text.Substring(0, text.Length - 1), level) is { IsNullable: false } value ? value with { IsNullable = true } : null;
        if (text == "any") return Any;
        if (text.EndsWith("[]", StringComparison.Ordinal)) return Parse(text.Substring(0, text.Length - 2), level) is { } element ? new(ValueKind.Array, "", Element: element) : null;
        if (Inside(text, "set<") is { } item) return Parse(item, level) is { } element ? new(ValueKind.Set, "", Element: element) : null;
        if (Inside(text, "map<") is { } pair)
        {
            var comma = FindComma(pair);
            return comma > 0 && Parse(pair.Substring(0, comma), level) is { } key && Parse(pair.Substring(comma + 2), level) is { } element ? new(ValueKind.Map, "", Element: element, Key: key) : null;
        }

        if (Inside(text, "text<") is { } written) return new(ValueKind.Text, written);
        if (Inside(text, "converter<") is { } converter) return new(ValueKind.Converted, converter);
        if (text.Trim().Length != text.Length || text.Length == 0) return null;
        return new(BuiltIns.Contains(text) ? ValueKind.BuiltIn : ValueKind.Type, text);
    }

    private static string? Inside(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) && text.EndsWith(">", StringComparison.Ordinal) ? text.Substring(start.Length, text.Length - start.Length - 1) : null;

    /// <summary>The first ", " outside of brackets.</summary>
    private static int FindComma(string text)
    {
        var depth = 0;
        for (var index = 0; index < text.Length - 2; index++)
        {
            if (text[index] is '<' or '(') depth++;
            else if (text[index] is '>' or ')') depth--;
            else if (depth == 0 && text[index] == ',' && text[index + 1] == ' ') return index;
        }

        return -1;
    }
}

internal enum ValueKind
{
    /// <summary>A value of its own, one of <see cref="BuiltIns"/>.</summary>
    BuiltIn,

    /// <summary>An entry among the types: an object, or an enum as its number.</summary>
    Type,

    /// <summary>A number or an enum that is written as text.</summary>
    Text,

    /// <summary>Whatever a converter of the user's makes of it.</summary>
    Converted,

    /// <summary>Whatever is there.</summary>
    Any,

    Array,

    /// <summary>An array in which nothing is twice.</summary>
    Set,

    Map,
}
