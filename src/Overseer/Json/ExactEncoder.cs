using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Overseer.Json;

/// <summary>Refuses text that is not well formed, which System.Text.Json would silently replace by U+FFFD: every string passes here, whoever writes it.</summary>
/// <remarks>What is well formed is written as <see cref="JavaScriptEncoder.UnsafeRelaxedJsonEscaping"/> does: stored JSON is read by people, and the page that shows it escapes it.</remarks>
internal sealed unsafe class ExactEncoder : JavaScriptEncoder
{
    public static readonly ExactEncoder Instance = new();

    private static readonly JavaScriptEncoder Inner = UnsafeRelaxedJsonEscaping;

    public override int MaxOutputCharactersPerInputCharacter => Inner.MaxOutputCharactersPerInputCharacter;

    // A lone surrogate is among what has to be encoded, so all other text never gets further than this.
    public override int FindFirstCharacterToEncode(char* text, int textLength) => Inner.FindFirstCharacterToEncode(text, textLength);

    public override OperationStatus Encode(ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        var place = LoneSurrogate.IndexIn(source);
        return place < 0
            ? Inner.Encode(source, destination, out charsConsumed, out charsWritten, isFinalBlock)
            : throw new JsonException($"A string holds a lone surrogate (U+{(int)source[place]:X4}), which JSON cannot keep.");
    }

    public override OperationStatus EncodeUtf8(ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten, bool isFinalBlock = true) =>
        Utf8.IsValid(utf8Source)
            ? Inner.EncodeUtf8(utf8Source, utf8Destination, out bytesConsumed, out bytesWritten, isFinalBlock)
            : throw new JsonException("A string is not valid UTF-8, which JSON cannot keep.");

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    public override bool WillEncode(int unicodeScalar) => Inner.WillEncode(unicodeScalar);
}
