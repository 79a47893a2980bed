using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Overseer.CodeFixes.Repairs;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Syntax;

/// <summary>Thinks of names for job types: small words joined by hyphens, as in <c>clean-rows</c>.</summary>
internal static class JobTypeNames
{
    private const int MaxLength = 200;

    // Room for a number that makes it unique.
    private const int LongestWanted = MaxLength - 4;

    /// <summary>The name for a class, which no other handler has.</summary>
    public static string For(INamedTypeSymbol type, Finding finding) => Take(finding, FromClass(type), From(type.ContainingNamespace.FullName().Split('.').Last() + "." + type.Name));

    /// <summary>The name that is nearest to a text, which no other handler has; the class's if nothing of the text can stay.</summary>
    public static string Near(string text, INamedTypeSymbol type, Finding finding) => From(text) is { Length: > 0 } near ? Take(finding, near) : For(type, finding);

    /// <summary>The name that a class gives; empty if it has no letter for one.</summary>
    public static string FromClass(INamedTypeSymbol type) => From(type.Name);

    /// <summary>The same name with a number, which no other handler has.</summary>
    public static string Numbered(string name, Finding finding) => finding.Take(Numbers(name).First(candidate => !finding.IsTaken(candidate)));

    private static string Take(Finding finding, params string[] wanted)
    {
        var usable = wanted.Where(HandlerRules.IsJobTypeName).DefaultIfEmpty("job").ToList();
        return usable.Find(name => !finding.IsTaken(name)) is { } free ? finding.Take(free) : Numbered(usable[0], finding);
    }

    private static IEnumerable<string> Numbers(string name) => Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{name}-{number.ToString(CultureInfo.InvariantCulture)}");

    private static string From(string text)
    {
        var name = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            var c = char.ToLowerInvariant(text[index]);
            if (StartsWord(text, index)) name.Append('-');
            name.Append(HandlerRules.IsJobTypeName(c.ToString()) || c is '.' or '_' ? c : '-');
        }

        while (name.ToString().Contains("--")) name.Replace("--", "-");
        var whole = name.ToString().Replace("-.", ".").Replace(".-", ".").Trim('-', '.', '_');
        return whole.Length <= LongestWanted ? whole : whole.Substring(0, LongestWanted);
    }

    private static bool StartsWord(string text, int index) =>
        index > 0 && char.IsUpper(text[index]) && (char.IsLower(text[index - 1]) || char.IsDigit(text[index - 1]) || (index + 1 < text.Length && char.IsUpper(text[index - 1]) && char.IsLower(text[index + 1])));
}
