using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.CodeFixes.Syntax;

/// <summary>The one of a class's declarations to edit.</summary>
/// <param name="Document">The document it is in.</param>
/// <param name="Declaration">The declaration.</param>
/// <param name="Attribute">The last attribute of the wanted kind; null if there is none in any declaration.</param>
internal sealed record HandlerPart(DocumentId Document, TypeDeclarationSyntax Declaration, AttributeSyntax? Attribute)
{
    /// <summary>The declaration with the last attribute of one of some kinds; the first kind that is there counts, and without any the first declaration.</summary>
    /// <returns>Null if no document of the solution declares the class.</returns>
    public static HandlerPart? Find(INamedTypeSymbol type, Solution solution, CancellationToken cancellationToken, params Func<AttributeData, bool>[] kinds)
    {
        foreach (var isWanted in kinds)
        {
            var last = type.GetAttributes().Where(isWanted).Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken)).LastOrDefault();
            if (last is AttributeSyntax { Parent.Parent: TypeDeclarationSyntax declaration } found && solution.GetDocument(found.SyntaxTree) is { } document) return new(document.Id, declaration, found);
        }

        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && solution.GetDocument(reference.SyntaxTree) is { } document) return new(document.Id, declaration, null);
        }

        return null;
    }
}
