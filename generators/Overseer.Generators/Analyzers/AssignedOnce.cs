using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Overseer.Generators.Analyzers;

/// <summary>Follows a local or a readonly field to the value it always has.</summary>
internal static class AssignedOnce
{
    /// <summary>The value itself, or what the variable is initialized with; null if it may be another one by then.</summary>
    public static IOperation? Resolve(IOperation value, Compilation compilation, CancellationToken cancellationToken)
    {
        ISymbol? variable = value switch
        {
            ILocalReferenceOperation { Local: var local } => local,
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } when IsClosed(field) => field,
            _ => null,
        };
        if (variable is null) return value;
        if (variable.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } initializer } declarator) return null;
        if (!Scopes(variable, declarator, cancellationToken).All(scope => IsOnlyRead(variable.Name, scope))) return null;
        if (reference.SyntaxTree == value.Syntax.SyntaxTree) return value.SemanticModel?.GetOperation(initializer, cancellationToken);
#pragma warning disable RS1030 // A field in another file, of a graph that is written out: so rare that the cost of a model does not matter.
        return compilation.GetSemanticModel(reference.SyntaxTree).GetOperation(initializer, cancellationToken);
#pragma warning restore RS1030
    }

    /// <summary>Whether all code that could change what the field holds is in its class.</summary>
    private static bool IsClosed(IFieldSymbol field) => field.DeclaredAccessibility == Accessibility.Private || field.Type.TypeKind == TypeKind.Interface;

    private static IEnumerable<SyntaxNode> Scopes(ISymbol variable, VariableDeclaratorSyntax declarator, CancellationToken cancellationToken)
    {
        if (variable is IFieldSymbol) return variable.ContainingType.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellationToken));
        return [declarator.Ancestors().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? declarator.SyntaxTree.GetRoot(cancellationToken)];
    }

    /// <summary>Whether whatever has that name is only handed to <c>FromTypes</c> or looked at; another variable of the name makes it doubtful as well.</summary>
    private static bool IsOnlyRead(string name, SyntaxNode scope) =>
        scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(identifier => identifier.Identifier.ValueText == name).All(IsOnlyRead);

    private static bool IsOnlyRead(IdentifierNameSyntax identifier)
    {
        SyntaxNode use = identifier;
        if (use.Parent is MemberAccessExpressionSyntax qualified && qualified.Name == use) use = qualified;
        while (use.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax) use = use.Parent;
        return use.Parent switch
        {
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => NameOf(call.Expression) == "FromTypes",
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "Keys" or "ContainsKey" } => true,
            _ => false,
        };
    }

    private static string? NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}
