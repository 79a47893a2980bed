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
}
