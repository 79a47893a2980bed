using System.Text;

namespace Overseer.Generators.Emit;

/// <summary>Text inside documentation comments.</summary>
internal static class XmlDoc
{
    private const int MostListed = 12;

    public static string Code(string text) => $"<c>{Escape(text)}</c>";

    public static string See(string type) => $"<see cref=\"{type}\"/>";

    /// <summary>A text that a user chose may hold anything, a line break too.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' || c >= '\ufffe' => escaped.Append('?'),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary><c>a</c>, <c>b</c> and <c>c</c>; of many only the first, and how many more.</summary>
    public static string List(IReadOnlyList<string> texts)
    {
        if (texts.Count == 1) return Code(texts[0]);
        var shown = texts.Count <= MostListed ? texts.Count - 1 : MostListed;
        var last = texts.Count <= MostListed ? Code(texts[shown]) : $"{texts.Count - shown} more";
        return string.Join(", ", texts.Take(shown).Select(Code)) + " and " + last;
    }
}
