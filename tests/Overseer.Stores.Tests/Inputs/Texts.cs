using System.Text;
using CsCheck;

namespace Overseer.Stores.Tests;

/// <summary>Texts as nobody means them and somebody sends them.</summary>
internal static class Texts
{
    private static readonly string[] Pieces =
    [
        "plain", "", " ", "\0", "\u0001\u001f\u007f", "\r\n\t", "\ud800", "\udfff", "\udc00\ud800", "\u202e\u2066bidi\u2069", "\u2028\u2029", "\ufeff", "\ufffe\uffff", "👩‍👩‍👧", "𝒳", "e\u0301",
        "\"", "\\", "\\u0000", "\\ud800", "'; DROP TABLE job; --", "{0} {x} %s %n $1", "</script><!--", "\u0085\u00a0\u200b", "İıſ", "NaN", "null", "$type", "ﷺ",
    ];

    /// <summary>Some pieces after each other, half of the time with no lone surrogate among them.</summary>
    public static readonly Gen<string> Any = Gen.Select(
        Gen.OneOf(One(Pieces), Gen.String[0, 20]).Array[0, 8], Gen.Bool, (pieces, isWhole) => isWhole ? Whole(string.Concat(pieces)) : string.Concat(pieces));

    public static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    public static bool IsWhole(string text) => Whole(text) == text;

    /// <summary>The same with U+FFFD in the place of each lone surrogate.</summary>
    public static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>As a failure is stored: lone surrogates one by one, and no NUL.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) clean.Append(text[i]).Append(text[++i]);
            else clean.Append(text[i] == '\0' || char.IsSurrogate(text[i]) ? '\ufffd' : text[i]);
        }

        return clean.ToString();
    }
}
