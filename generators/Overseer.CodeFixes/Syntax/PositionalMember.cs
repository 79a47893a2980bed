using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.Generators.Analyzers;

namespace Overseer.CodeFixes.Syntax;

/// <summary>A parameter of a record that is a property too.</summary>
internal static class PositionalMember
{
    /// <summary>Whether an attribute has to be the property's, because something is stored that has the property and is made by another constructor: as a derived record is.</summary>
    public static bool NeedsTarget(ParameterSyntax parameter, Finding finding)
    {
        if (finding.Model.GetDeclaredSymbol(parameter, finding.CancellationToken) is not { ContainingSymbol: IMethodSymbol constructor } symbol || finding.Handlers is not { } table) return false;
        if (!constructor.ContainingType.GetMembers(symbol.Name).OfType<IPropertySymbol>().Any(property => property.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == parameter.SyntaxTree && reference.Span == parameter.Span))) return false;
        var stored = JsonPlace.FindAll(table, finding.Compilation).SelectMany(places => places).Select(place => place.Type);
        return JsonContext.Reached(stored).OfType<INamedTypeSymbol>().Any(type =>
            !type.IsAbstract && Has(type, constructor.ContainingType) && !SymbolEqualityComparer.Default.Equals(JsonConstructor.Of(type, JsonMember.Of(type)).Method?.OriginalDefinition, constructor));
    }

    /// <summary><c>[property: …]</c>, whatever it was on before.</summary>
    public static AttributeListSyntax OnProperty(AttributeListSyntax list) =>
        list.WithTarget(SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(SyntaxKind.PropertyKeyword), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)));

    private static bool Has(INamedTypeSymbol type, INamedTypeSymbol definition)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, definition)) return true;
        }

        return false;
    }
}
