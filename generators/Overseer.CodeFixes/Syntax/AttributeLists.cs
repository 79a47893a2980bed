using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.CodeFixes.Syntax;

/// <summary>Puts attribute lists where a person would: each on a line of its own, except among lists that share one.</summary>
internal static class AttributeLists
{
    private static readonly SyntaxAnnotation Added = new("Overseer.Added");

    /// <summary>Adds a list after another one, and after those that were added there before.</summary>
    public static TypeDeclarationSyntax AddAfter(TypeDeclarationSyntax type, AttributeListSyntax anchor, AttributeListSyntax added)
    {
        var lists = type.AttributeLists;
        var index = lists.IndexOf(anchor);
        while (index + 1 < lists.Count && lists[index + 1].HasAnnotation(Added)) index++;
        var before = lists[index];
        if (!IsFirstOnLine(before) || !EndsLine(before.GetTrailingTrivia()))
        {
            added = added.WithLeadingTrivia().WithTrailingTrivia(before.GetTrailingTrivia());
            lists = lists.Replace(before, before.WithTrailingTrivia(SyntaxFactory.Space));
        }
        else
        {
            added = added.WithLeadingTrivia(Indentation(before.GetLeadingTrivia())).WithTrailingTrivia(before.GetTrailingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        }

        return type.WithAttributeLists(lists.Insert(index + 1, added.WithAdditionalAnnotations(Added)));
    }

    /// <summary>Adds a list before all others, below the comments of the declaration.</summary>
    public static MemberDeclarationSyntax AddFirst(MemberDeclarationSyntax member, AttributeListSyntax added)
    {
        var leading = member.GetLeadingTrivia();
        added = added.WithLeadingTrivia(leading).WithTrailingTrivia(IsFirstOnLine(member) ? Lines.EndOf(member) : SyntaxFactory.Space);
        member = member.WithLeadingTrivia(IsFirstOnLine(member) ? Indentation(leading) : []);
        return member.WithAttributeLists(member.AttributeLists.Insert(0, added));
    }

    /// <summary>Adds a list before a parameter, on its line.</summary>
    public static ParameterSyntax AddFirst(ParameterSyntax parameter, AttributeListSyntax added)
    {
        added = added.WithLeadingTrivia(parameter.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
        parameter = parameter.WithoutLeadingTrivia();
        return parameter.WithAttributeLists(parameter.AttributeLists.Insert(0, added));
    }

    /// <summary>Takes an attribute out, with its list and line if nothing else is there. Comments above stay.</summary>
    public static TypeDeclarationSyntax Remove(TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1) return type.ReplaceNode(list, list.RemoveNode(attribute, SyntaxRemoveOptions.KeepDirectives)!);
        var before = list.GetFirstToken().GetPreviousToken();
        var after = list.GetLastToken().GetNextToken();
        var kept = list.GetLeadingTrivia();
        var changed = new Dictionary<SyntaxToken, SyntaxToken>();
        if (EndsLine(list.GetTrailingTrivia()) && before != default && type.FullSpan.Contains(before.FullSpan) && !EndsLine(before.TrailingTrivia))
            changed[before] = before.WithTrailingTrivia(list.GetTrailingTrivia());
        else if (IsFirstOnLine(list) && after.LeadingTrivia.Any())
            kept = [.. kept.Take(kept.Count - Indentation(kept).Count)];
        changed[after] = after.WithLeadingTrivia(kept.AddRange(after.LeadingTrivia));
        var place = type.AttributeLists.IndexOf(list);
        type = type.ReplaceTokens(changed.Keys, (token, _) => changed[token]);
        return type.WithAttributeLists(type.AttributeLists.RemoveAt(place));
    }

    private static bool IsFirstOnLine(SyntaxNode node) => node.GetFirstToken().GetPreviousToken() is var before && (before == default || EndsLine(before.TrailingTrivia));

    private static bool EndsLine(SyntaxTriviaList trivia) => trivia.Any(SyntaxKind.EndOfLineTrivia);

    private static SyntaxTriviaList Indentation(SyntaxTriviaList leading) => leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? [leading[leading.Count - 1]] : [];
}
