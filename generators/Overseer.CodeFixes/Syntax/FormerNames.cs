using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.CodeFixes.Syntax;

/// <summary>Adds a former name where there may be some already.</summary>
internal static class FormerNames
{
    /// <summary><c>[JobType("name", Formerly = ["old"])]</c>; null where the names are written in a way that cannot be added to.</summary>
    public static AttributeSyntax? AddFormerly(AttributeSyntax jobType, string name)
    {
        var given = jobType.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Formerly");
        if (given is not null) return Add(given.Expression, name) is { } more ? jobType.ReplaceNode(given.Expression, more) : null;
        var added = SyntaxFactory.AttributeArgument(SyntaxFactory.ParseExpression($"[{Written.Literal(name)}]"))
            .WithNameEquals(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Formerly"), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space)));
        return AddArgument(jobType, added, last: true);
    }

    /// <summary><c>[WasNamed("old", "older")]</c>, the latest first; null where the names are written in a way that cannot be added to.</summary>
    public static AttributeSyntax? AddWasNamed(AttributeSyntax wasNamed, string name)
    {
        if (wasNamed.ArgumentList?.Arguments is [{ Expression: CollectionExpressionSyntax or ImplicitArrayCreationExpressionSyntax or ArrayCreationExpressionSyntax } given])
            return Add(given.Expression, name) is { } more ? wasNamed.ReplaceNode(given.Expression, more) : null;
        return AddArgument(wasNamed, SyntaxFactory.AttributeArgument(Written.Literal(name)), last: false);
    }

    private static ExpressionSyntax? Add(ExpressionSyntax names, string name)
    {
        var literal = Written.Literal(name);
        return names switch
        {
            CollectionExpressionSyntax { Elements: var elements } collection => collection.WithElements(elements.Count == 0
                ? elements.Add(SyntaxFactory.ExpressionElement(literal))
                : SyntaxFactory.SeparatedList<CollectionElementSyntax>(new[] { SyntaxFactory.ExpressionElement(literal) }.Concat(elements), Commas(elements.Count))),
            ImplicitArrayCreationExpressionSyntax array => array.WithInitializer(Add(array.Initializer, literal)),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } array => array.WithInitializer(Add(initializer, literal)),
            _ => null,
        };
    }

    private static InitializerExpressionSyntax Add(InitializerExpressionSyntax initializer, ExpressionSyntax name)
    {
        if (initializer.Expressions is not [var first, ..] all) return initializer.AddExpressions(name.WithTrailingTrivia(SyntaxFactory.Space));
        var rest = all.Replace(first, first.WithLeadingTrivia());
        return initializer.WithExpressions(SyntaxFactory.SeparatedList(new[] { name.WithLeadingTrivia(first.GetLeadingTrivia()) }.Concat(rest), Commas(all.Count)));
    }

    private static AttributeSyntax AddArgument(AttributeSyntax attribute, AttributeArgumentSyntax added, bool last)
    {
        if (attribute.ArgumentList is not { Arguments: { Count: > 0 } arguments } list) return attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(added)));
        var all = last ? arguments.Append(added) : arguments.Prepend(added);
        return attribute.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList(all, Commas(arguments.Count))));
    }

    private static IEnumerable<SyntaxToken> Commas(int count) =>
        Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), count);
}
