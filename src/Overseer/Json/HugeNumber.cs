using System.Text;
using System.Text.Json;

namespace Overseer.Json;

/// <summary>Finds numbers that a <c>float</c> or <c>double</c> cannot hold, for which System.Text.Json reads infinity without a word.</summary>
internal static class HugeNumber
{
    // A float holds less than this in 38 digits and no exponent.
    private const int FewDigits = 38;

    /// <summary>Whether there is a number in the text that is too large for a float. It may still be read as something larger.</summary>
    public static bool IsIn(string json)
    {
        if (!MayBeIn(json)) return false;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && !float.IsFinite((float)number)) return true;
        }

        return false;
    }

    // Of what a string holds some looks the same; the reader then tells.
    private static bool MayBeIn(ReadOnlySpan<char> json)
    {
        var digits = 0;
        foreach (var character in json)
        {
            if (char.IsAsciiDigit(character))
            {
                if (++digits > FewDigits) return true;
            }
            else
            {
                if (digits > 0 && (character is 'e' or 'E')) return true;
                digits = 0;
            }
        }

        return false;
    }
}
