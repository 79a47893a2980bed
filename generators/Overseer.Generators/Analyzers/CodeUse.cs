using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.Generators.Analyzers;

/// <summary>Finds where a project uses what is generated; told by the syntax alone.</summary>
internal static class CodeUse
{
    /// <summary>The first <c>JobHandlers.All</c>, for example; null if there is none.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="type">What the class is named, or what its name ends in.</param>
    /// <param name="member">The member.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static Location? FindFirst(Compilation compilation, string type, string member, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)) continue;
            foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                if (node is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == member && NameOf(access.Expression)?.EndsWith(type, StringComparison.Ordinal) == true)
                    return access.GetLocation();
            }
        }

        return null;
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
