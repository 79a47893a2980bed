using Microsoft.CodeAnalysis.Text;

namespace Overseer.Generators.Lock;

/// <summary>A value of a JSON text and where it stands.</summary>
/// <param name="Span">Where it stands.</param>
internal abstract record LockNode(TextSpan Span);

/// <param name="Span">Where it stands.</param>
/// <param name="Properties">Its properties in the order of the text, with the places of their names.</param>
internal sealed record LockObjectNode(TextSpan Span, IReadOnlyList<(string Name, TextSpan Place, LockNode Value)> Properties) : LockNode(Span);

/// <param name="Span">Where it stands.</param>
/// <param name="Items">Its items.</param>
internal sealed record LockArrayNode(TextSpan Span, IReadOnlyList<LockNode> Items) : LockNode(Span);

/// <param name="Span">Where it stands.</param>
/// <param name="Text">The text of a string; a number or a word as it is written.</param>
/// <param name="IsString">Whether it is a string.</param>
internal sealed record LockTextNode(TextSpan Span, string Text, bool IsString) : LockNode(Span);

/// <summary>A lock file that is none: what is wrong, and where.</summary>
internal sealed class LockFormatException(string message, TextSpan span) : Exception(message)
{
    public TextSpan Span => span;
}
