using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Overseer.CodeFixes.Repairs;

namespace Overseer.CodeFixes.Fixes;

/// <summary>CS0104 on <c>[FromServices]</c>, which both Overseer and MVC have: says which one is meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(QualifyFromServicesFix)), Shared]
public sealed class QualifyFromServicesFix() : RepairProvider("CS0104")
{
    private const string Title = "Use [Overseer.FromServices]";

    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.Around<AttributeSyntax>() is not { Name: IdentifierNameSyntax { Identifier.ValueText: "FromServices" or "FromServicesAttribute" } name }) return Give();
        if (finding.Compilation.GetTypeByMetadataName("Overseer.FromServicesAttribute") is null) return Give();
        return Give(new Repair(Title, Title, async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
            var qualified = SyntaxFactory.ParseName("global::Overseer." + name.Identifier.ValueText);
            editor.ReplaceNode(name, qualified.WithTriviaFrom(name).WithAdditionalAnnotations(Simplifier.Annotation));
        }));
    }
}
