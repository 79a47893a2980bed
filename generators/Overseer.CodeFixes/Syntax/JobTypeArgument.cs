using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.Generators.Parsing;

namespace Overseer.CodeFixes.Syntax;

internal static class JobTypeArgument
{
    /// <summary>The name in the <c>[JobType]</c> that a diagnostic points at; null if it points at something else.</summary>
    public static ExpressionSyntax? Find(Finding finding)
    {
        if (finding.Around<AttributeSyntax>() is not { ArgumentList.Arguments: { Count: > 0 } arguments } attribute) return null;
        if (finding.Model.GetTypeInfo(attribute, finding.CancellationToken).Type?.IsNamed("Overseer", "JobTypeAttribute") != true) return null;
        var name = arguments.FirstOrDefault(argument => argument.NameEquals is null);
        // One of its former names is not the name.
        return name is not null && (finding.Node == attribute || name.Span.Contains(finding.Diagnostic.Location.SourceSpan)) ? name.Expression : null;
    }
}
