using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS302: adds the dependency whose result the parameter wants.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddDependencyFix)), Shared]
public sealed class AddDependencyFix() : RepairProvider(RuleId.ResultOfNoDependency)
{
    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.FindHandler() is not { } handler || finding.FindOthers().FirstOrDefault() is not { } producer || WouldMakeCycle(finding.Handlers, handler, producer)) return Give();
        if (HandlerPart.Find(handler, finding.Solution, finding.CancellationToken, AttributeSymbols.IsDependsOn, AttributeSymbols.IsJobType) is not { Attribute: { Parent: AttributeListSyntax anchor } } part) return Give();
        var usesTypeof = UsesTypeof(handler);
        var shown = Written.Show(producer);
        return Give(new Repair(usesTypeof ? $"Add [DependsOn(typeof({shown}))]" : $"Add [DependsOn<{shown}>]", RuleId.ResultOfNoDependency, async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(part.Document, cancellationToken).ConfigureAwait(false);
            var type = Written.Type(producer, editor.Generator);
            var added = usesTypeof ? Written.Attribute("DependsOn", "Overseer", SyntaxFactory.TypeOfExpression(type)) : Written.Generic("DependsOn", type);
            editor.TrackNode(anchor);
            editor.ReplaceNode(part.Declaration, (current, _) => AttributeLists.AddAfter((TypeDeclarationSyntax)current, current.GetCurrentNode(anchor)!, added));
        }));
    }

    private static bool UsesTypeof(INamedTypeSymbol handler)
    {
        var written = handler.GetAttributes().Where(attribute => attribute.IsDependsOn()).ToList();
        return written.Count > 0 && written.All(attribute => attribute.AttributeClass is { IsGenericType: false });
    }

    private static bool WouldMakeCycle(HandlerTable? table, INamedTypeSymbol handler, INamedTypeSymbol producer)
    {
        if (table?.Find(HandlerParser.Key(producer)) is not { } start) return true;
        var key = HandlerParser.Key(handler);
        return GraphClosure.Of([start.Handler], table).Any(upstream => upstream.Handler.Key == key);
    }
}
