using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Overseer.Generators.Rules;

/// <summary>Names as C# needs them.</summary>
internal static class Identifiers
{
    public static string Escape(string name) =>
        name != "_" && (SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None) ? "@" + name : name;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Literals(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";

    /// <summary>With a small first letter, or all small if it is an abbreviation.</summary>
    public static string Camel(string name)
    {
        var end = 0;
        while (end < name.Length && char.IsUpper(name[end])) end++;
        if (end == 0) return name;
        // "URLList" has its last capital from the next word.
        var small = end == 1 || end == name.Length ? end : end - 1;
        return name.Substring(0, small).ToLowerInvariant() + name.Substring(small);
    }

    /// <summary>A dotted name of which every part is an identifier.</summary>
    public static string Namespace(string name) => string.Join(".", name.Split('.').Where(part => part.Length > 0).Select(part => Escape(Clean(part))));

    /// <summary>One identifier for an assembly's name; a name that is more than letters, digits and dots gets a hash, so that two never meet.</summary>
    public static string Assembly(string name)
    {
        var clean = Clean(name);
        return name.All(c => c == '.' || char.IsLetterOrDigit(c)) ? clean : clean + "_" + Hash(name);
    }

    /// <summary>Every character that no identifier may have becomes an underscore.</summary>
    public static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (var c in name) clean.Append(SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_');
        if (clean.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(clean[0])) clean.Insert(0, '_');
        return clean.ToString();
    }

    /// <summary>Eight hexadecimal digits of FNV-1a: the same on every machine.</summary>
    public static string Hash(string text)
    {
        var hash = 2166136261;
        foreach (var c in text) hash = unchecked((hash ^ c) * 16777619);
        return hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
