using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Overseer.CodeFixes.Syntax;

/// <summary>Writes types and attributes in full; the editor shortens them by what the file imports.</summary>
internal static class Written
{
    private static readonly SymbolDisplayFormat InTitles = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>A type as a title shows it.</summary>
    public static string Show(ITypeSymbol type) => type.ToDisplayString(InTitles);

    /// <summary>A type, with a <c>using</c> for its namespace where there is none.</summary>
    public static TypeSyntax Type(ITypeSymbol type, SyntaxGenerator generator) =>
        (TypeSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.AddImportsAnnotation, Simplifier.Annotation);

    /// <summary><c>[DependsOn&lt;T&gt;]</c>, for example.</summary>
    public static AttributeListSyntax Generic(string name, TypeSyntax argument) =>
        List(SyntaxFactory.GenericName(name).WithTypeArgumentList(SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(argument))), "Overseer", []);

    /// <summary><c>[JobType("name")]</c>, for example.</summary>
    public static AttributeListSyntax Attribute(string name, string space, params ExpressionSyntax[] arguments) =>
        Attribute(name, space, arguments.Select(SyntaxFactory.AttributeArgument));

    public static AttributeListSyntax Attribute(string name, string space, IEnumerable<AttributeArgumentSyntax> arguments) => List(SyntaxFactory.IdentifierName(name), space, arguments);

    /// <summary><c>Name = value</c> in an attribute.</summary>
    public static AttributeArgumentSyntax Named(string name, ExpressionSyntax value)
    {
        var equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);
        return SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(name), equals), null, value);
    }

    public static LiteralExpressionSyntax Literal(string text) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));

    private static AttributeListSyntax List(SimpleNameSyntax name, string space, IEnumerable<AttributeArgumentSyntax> arguments)
    {
        var full = SyntaxFactory.QualifiedName((NameSyntax)SyntaxFactory.ParseName("global::" + space), name).WithAdditionalAnnotations(Simplifier.Annotation);
        var attribute = SyntaxFactory.Attribute(full);
        if (arguments.Any()) attribute = attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(arguments)));
        // Without elastic trivia, by which the formatter would move the list to a line of its own.
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute)).NormalizeWhitespace().WithLeadingTrivia().WithTrailingTrivia();
        // It would be "int? )" otherwise.
        return list.ReplaceTokens(list.DescendantTokens().Where(token => token.IsKind(SyntaxKind.QuestionToken)), (token, _) => token.WithTrailingTrivia());
    }
}
