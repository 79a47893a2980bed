namespace Overseer.Json;

/// <summary>Half of a surrogate pair: a character that no encoding of Unicode can keep.</summary>
internal static class LoneSurrogate
{
    /// <summary>Where the first one is; -1 if there is none.</summary>
    public static int IndexIn(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return i;
            i++;
        }

        return -1;
    }
}
