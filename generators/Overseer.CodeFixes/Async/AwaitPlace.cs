using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.Generators.Parsing;

namespace Overseer.CodeFixes.Async;

/// <summary>Tells where <c>await</c> may stand.</summary>
internal static class AwaitPlace
{
    /// <summary>The method, local function or lambda that would await; null if it could not do so there.</summary>
    public static SyntaxNode? FindFunction(SyntaxNode place, bool throwsAsAwait, Finding finding)
    {
        if (place.Ancestors().Any(IsUnsafe)) return null;
        var inner = place;
        foreach (var outer in place.Ancestors())
        {
            switch (outer)
            {
                case LockStatementSyntax locked when locked.Statement == inner:
                case CatchFilterClauseSyntax or QueryExpressionSyntax or FixedStatementSyntax:
                case TryStatementSyntax attempt when !throwsAsAwait && attempt.Block == inner && attempt.Catches.Any(clause => CatchesAggregate(clause, finding)):
                    return null;
                case MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax:
                    return HoldsReferences(outer, finding) ? null : outer;
                case MemberDeclarationSyntax:
                    return null;
            }

            inner = outer;
        }

        return null;
    }

    private static bool CatchesAggregate(CatchClauseSyntax clause, Finding finding) =>
        clause.Declaration is { } declaration && finding.Model.GetTypeInfo(declaration.Type, finding.CancellationToken).Type?.IsNamed("System", nameof(AggregateException)) == true;

    private static bool IsUnsafe(SyntaxNode node) => node switch
    {
        UnsafeStatementSyntax => true,
        MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        _ => false,
    };

    /// <summary>Whether there is something on the stack that may not outlive an <c>await</c>.</summary>
    private static bool HoldsReferences(SyntaxNode function, Finding finding) => function.DescendantNodes().Any(node => node switch
    {
        VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax or ParameterSyntax => finding.Model.GetDeclaredSymbol(node, finding.CancellationToken) switch
        {
            ILocalSymbol local => local.RefKind != RefKind.None || local.Type.IsRefLikeType,
            IParameterSymbol parameter => parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType,
            _ => false,
        },
        UsingStatementSyntax { Expression: { } resource } => finding.Model.GetTypeInfo(resource, finding.CancellationToken).Type?.IsRefLikeType == true,
        YieldStatementSyntax => true,
        _ => false,
    });
}
