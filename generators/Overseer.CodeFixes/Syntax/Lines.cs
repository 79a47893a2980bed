using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Overseer.CodeFixes.Syntax;

internal static class Lines
{
    /// <summary>The end of a line as the file of a node writes it.</summary>
    public static SyntaxTrivia EndOf(SyntaxNode node)
    {
        foreach (var trivia in node.SyntaxTree.GetRoot().DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia)) return trivia;
        }

        return SyntaxFactory.LineFeed;
    }

    /// <summary>Adds a node to a list; where each has a line of its own, so does this one.</summary>
    public static SeparatedSyntaxList<T> Append<T>(SeparatedSyntaxList<T> list, T added)
        where T : SyntaxNode
    {
        if (list.LastOrDefault() is not { } last) return SyntaxFactory.SingletonSeparatedList(added);
        var isOnNewLine = list.Count > 1 && list.GetSeparators().Last().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(isOnNewLine ? list.GetSeparators().Last().TrailingTrivia : [SyntaxFactory.Space]);
        if (isOnNewLine) added = added.WithLeadingTrivia(last.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        return SyntaxFactory.SeparatedList<T>(list.GetWithSeparators().Add(comma).Add(added));
    }
}
