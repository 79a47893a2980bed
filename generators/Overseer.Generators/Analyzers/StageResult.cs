using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.Generators.Analyzers;

/// <summary>Where a stage says what it gives.</summary>
internal static class StageResult
{
    /// <summary>The return type of the method at a location; the location itself if there is none.</summary>
    public static Location Locate(Location stage)
    {
        if (stage.SourceTree is not { } tree) return stage;
        var method = tree.GetRoot().FindNode(stage.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>();
        return method?.ReturnType.GetLocation() ?? stage;
    }
}
