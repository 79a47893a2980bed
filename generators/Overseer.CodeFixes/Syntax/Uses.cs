using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Overseer.CodeFixes.Repairs;

namespace Overseer.CodeFixes.Syntax;

internal static class Uses
{
    /// <summary>Whether code that people wrote calls a method, or takes it as a delegate; comments and <c>nameof</c> only mention it.</summary>
    public static async Task<bool> AreInCodeAsync(IMethodSymbol method, Finding finding)
    {
        var uses = await SymbolFinder.FindReferencesAsync(method, finding.Solution, finding.CancellationToken).ConfigureAwait(false);
        return uses.SelectMany(use => use.Locations).Any(use => use is { Document: not SourceGeneratedDocument, IsImplicit: false } && !IsMention(use.Location));
    }

    private static bool IsMention(Location location)
    {
        var node = location.SourceTree!.GetRoot().FindNode(location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
        return node.AncestorsAndSelf().Any(outer => outer is CrefSyntax or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });
    }
}
