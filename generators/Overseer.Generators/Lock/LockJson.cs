using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Overseer.Generators.Lock;

/// <summary>Reads JSON (RFC 8259) with the places of things; the compiler brings no reader along.</summary>
internal sealed class LockJson
{
    // Real ones have six levels; this keeps a broken one from overflowing the stack.
    private const int MostLevels = 64;

    private readonly string text;
    private int at;
    private int level;

    private LockJson(string text) => this.text = text;

    /// <exception cref="LockFormatException">It is no JSON.</exception>
    public static LockNode Read(string text)
    {
        var reader = new LockJson(text);
        var node = reader.Value();
        reader.SkipSpace();
        return reader.at == text.Length ? node : throw reader.Unexpected("the end");
    }

    private LockNode Value()
    {
        SkipSpace();
        if (++level > MostLevels) throw new LockFormatException("it is nested too deeply", Here);
        LockNode node = Peek switch
        {
            '{' => Object(),
            '[' => Array(),
            '"' => String(),
            '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z') => Word(),
            _ => throw Unexpected("a value"),
        };
        level--;
        return node;
    }

    private LockObjectNode Object()
    {
        var start = at++;
        var properties = new List<(string, TextSpan, LockNode)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        SkipSpace();
        if (Peek == '}') return new LockObjectNode(TextSpan.FromBounds(start, ++at), properties);
        while (true)
        {
            SkipSpace();
            if (Peek != '"') throw Unexpected("a name in quotes");
            var name = String();
            if (!names.Add(name.Text)) throw new LockFormatException($"\"{name.Text}\" is there twice", name.Span);
            SkipSpace();
            if (Peek != ':') throw Unexpected("':'");
            at++;
            properties.Add((name.Text, name.Span, Value()));
            SkipSpace();
            if (Peek is not (',' or '}')) throw Unexpected("',' or '}'");
            if (text[at++] == '}') return new LockObjectNode(TextSpan.FromBounds(start, at), properties);
        }
    }

    private LockArrayNode Array()
    {
        var start = at++;
        var items = new List<LockNode>();
        SkipSpace();
        if (Peek == ']') return new LockArrayNode(TextSpan.FromBounds(start, ++at), items);
        while (true)
        {
            items.Add(Value());
            SkipSpace();
            if (Peek is not (',' or ']')) throw Unexpected("',' or ']'");
            if (text[at++] == ']') return new LockArrayNode(TextSpan.FromBounds(start, at), items);
        }
    }

    private LockTextNode Word()
    {
        var start = at;
        while (char.IsLetterOrDigit(Peek) || Peek is '-' or '+' or '.') at++;
        return new LockTextNode(TextSpan.FromBounds(start, at), text.Substring(start, at - start), IsString: false);
    }

    private LockTextNode String()
    {
        var start = at++;
        var value = new StringBuilder();
        while (Peek != '"')
        {
            if (at >= text.Length || Peek < ' ') throw Unexpected("'\"'");
            if (Peek == '\\') value.Append(Escape());
            else value.Append(text[at++]);
        }

        return new LockTextNode(TextSpan.FromBounds(start, ++at), value.ToString(), IsString: true);
    }

    private char Escape()
    {
        at++;
        var escaped = Peek;
        at++;
        switch (escaped)
        {
            case '"' or '\\' or '/': return escaped;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when at + 4 <= text.Length && ushort.TryParse(text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                at += 4;
                return (char)unit;
            default:
                at--;
                throw Unexpected("an escape");
        }
    }

    private void SkipSpace()
    {
        while (Peek is ' ' or '\t' or '\r' or '\n') at++;
    }

    private char Peek => at < text.Length ? text[at] : '\0';

    private TextSpan Here => new(Math.Min(at, text.Length), at < text.Length ? 1 : 0);

    private LockFormatException Unexpected(string wanted)
    {
        var isConflict = at < text.Length && text[at] is '<' or '=' or '>';
        var found = at < text.Length ? $"'{text[at]}'" : "the end";
        return new LockFormatException($"{wanted} is wanted, not {found}{(isConflict ? ", which looks like the mark of a merge" : "")}", Here);
    }
}
