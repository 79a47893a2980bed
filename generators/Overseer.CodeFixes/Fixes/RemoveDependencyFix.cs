using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS203 and OVS204: takes out a dependency that changes nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveDependencyFix)), Shared]
public sealed class RemoveDependencyFix() : RepairProvider(RuleId.RepeatedDependency, RuleId.ImpliedDependency)
{
    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.Around<AttributeSyntax>() is not { Parent.Parent: TypeDeclarationSyntax declaration } attribute) return Give();
        var argument = finding.Around<AttributeArgumentSyntax>();
        var what = argument is null ? $"[{attribute}]" : argument.ToString();
        return Give(new Repair($"Remove {what}", finding.Diagnostic.Id, async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
            editor.TrackNode((SyntaxNode?)argument ?? attribute);
            editor.ReplaceNode(declaration, (current, _) => Remove((TypeDeclarationSyntax)current, argument, attribute));
        }));
    }

    private static TypeDeclarationSyntax Remove(TypeDeclarationSyntax type, AttributeArgumentSyntax? argument, AttributeSyntax attribute)
    {
        if (argument is null) return type.GetCurrentNode(attribute) is { } whole ? AttributeLists.Remove(type, whole) : type;
        if (type.GetCurrentNode(argument) is not { Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax around } arguments } found) return type;
        return arguments.Arguments.Count > 1 ? type.RemoveNode(found, SyntaxRemoveOptions.KeepDirectives)! : AttributeLists.Remove(type, around);
    }
}
