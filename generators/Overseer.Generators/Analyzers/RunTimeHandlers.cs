using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.Generators.Analyzers;

/// <summary>The job types whose handlers a project gives at run time, by <c>handlers.With("type", …)</c>; told by the syntax alone, so rather too many than too few.</summary>
/// <param name="Types">The job types.</param>
/// <param name="IsOpen">Whether there may be others, whose names are not written out.</param>
internal sealed record RunTimeHandlers(ICollection<string> Types, bool IsOpen)
{
    public static RunTimeHandlers Of(Compilation compilation)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        var isOpen = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)) continue;
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "With" }, ArgumentList.Arguments: [var first, _, ..] })
                {
                    if (first.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)) types.Add(literal.Token.ValueText);
                    else isOpen = true;
                }
                else if (node is BaseTypeSyntax { Type: SimpleNameSyntax { Identifier.ValueText: "JobHandler" } or QualifiedNameSyntax { Right.Identifier.ValueText: "JobHandler" } })
                {
                    isOpen = true;
                }
            }
        }

        return new(types, isOpen);
    }
}
