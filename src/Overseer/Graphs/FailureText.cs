using Overseer.Json;

namespace Overseer;

/// <summary>Makes any text storable: no NUL, no lone surrogates, cut to a length.</summary>
internal static class FailureText
{
    public static string Clean(string? text, int maxLength)
    {
        if (text is null) return "";
        if (text.Length <= maxLength && !text.Contains('\0', StringComparison.Ordinal) && LoneSurrogate.IndexIn(text) < 0) return text;
        var cut = text.Length > maxLength;
        return string.Create(cut ? maxLength : text.Length, text, (span, source) =>
        {
            source.AsSpan(0, span.Length).CopyTo(span);
            if (source.Length > span.Length) span[^1] = '…';
            span.Replace('\0', '\ufffd');
            for (var i = LoneSurrogate.IndexIn(span); i >= 0; i = LoneSurrogate.IndexIn(span)) span[i] = '\ufffd';
        });
    }
}
