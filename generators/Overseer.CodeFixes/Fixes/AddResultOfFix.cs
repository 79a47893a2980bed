using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS303: says whose result the parameter takes. Which one is for a person to choose, so there is no fixing of all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddResultOfFix)), Shared]
public sealed class AddResultOfFix() : RepairProvider(RuleId.AmbiguousResult)
{
    public override FixAllProvider? GetFixAllProvider() => null;

    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding) => finding.Around<ParameterSyntax>() is { } parameter
        ? Give([.. finding.FindOthers().Select(producer => Name(finding.Document.Id, parameter, producer))])
        : Give();

    private static Repair Name(DocumentId document, ParameterSyntax parameter, INamedTypeSymbol producer) =>
        new($"Add [ResultOf<{Written.Show(producer)}>]", $"{RuleId.AmbiguousResult} {HandlerParser.Key(producer)}", async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(document, cancellationToken).ConfigureAwait(false);
            var added = Written.Generic("ResultOf", Written.Type(producer, editor.Generator));
            editor.ReplaceNode(parameter, (current, _) => AttributeLists.AddFirst((ParameterSyntax)current, added));
        });
}
