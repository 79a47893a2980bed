using System.Text;

namespace Overseer.Generators.Emit;

/// <summary>Text inside documentation comments.</summary>
internal static class XmlDoc
{
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

    /// <summary><c>a</c>, <c>b</c> and <c>c</c>.</summary>
    public static string List(IReadOnlyList<string> texts) => texts.Count switch
    {
        0 => "",
        1 => Code(texts[0]),
        _ => string.Join(", ", texts.Take(texts.Count - 1).Select(Code)) + " and " + Code(texts[texts.Count - 1]),
    };
}
