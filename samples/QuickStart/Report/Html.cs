using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace QuickStart;

/// <summary>A piece of markup. Whatever is put into one is encoded, unless it is markup itself.</summary>
/// <param name="Markup">The text.</param>
public readonly record struct Html(string Markup)
{
    /// <summary>Markup from an interpolated string: the literal parts are taken as they are, the holes are encoded.</summary>
    public static Html Of(HtmlWriter writer) => new(writer.ToString());

    /// <summary>The markup.</summary>
    public override string ToString() => Markup;
}

/// <summary>Builds <see cref="Html"/> from an interpolated string; numbers are written with the invariant culture.</summary>
/// <param name="literalLength">How long the literal parts are.</param>
/// <param name="formattedCount">How many holes there are.</param>
[InterpolatedStringHandler]
public readonly ref struct HtmlWriter(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

    /// <summary>Takes a literal part as it is.</summary>
    public void AppendLiteral(string value) => text.Append(value);

    /// <summary>Takes markup as it is.</summary>
    public void AppendFormatted(Html value) => text.Append(value.Markup);

    /// <summary>Takes pieces of markup as they are.</summary>
    public void AppendFormatted(IEnumerable<Html> value) => text.AppendJoin("", value);

    /// <summary>Encodes text.</summary>
    public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(value));

    /// <summary>Writes a number or date, encoded.</summary>
    public void AppendFormatted<T>(T value, string? format = null)
        where T : IFormattable =>
        text.Append(WebUtility.HtmlEncode(value.ToString(format, CultureInfo.InvariantCulture)));

    /// <summary>The markup so far.</summary>
    public override string ToString() => text.ToString();
}
