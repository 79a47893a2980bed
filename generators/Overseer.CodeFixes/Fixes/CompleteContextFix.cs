using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Overseer.CodeFixes.Json;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS306: lists what is stored in the linked <c>JsonSerializerContext</c>, gives it the settings of stored JSON, or makes one where there is none.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CompleteContextFix)), Shared]
public sealed class CompleteContextFix() : RepairProvider(RuleId.NotInContext)
{
    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (JsonParser.FindAttribute(finding.Compilation.Assembly) is null) return NewContext.Find(finding) is { } made ? Give(Create(made, finding)) : Give();
        // A context of another assembly would not see the types of this one.
        if (JsonContext.Of(finding.Compilation) is not { } context || !SymbolEqualityComparer.Default.Equals(context.Type.ContainingAssembly, finding.Compilation.Assembly)) return Give();
        if (HandlerPart.Find(context.Type, finding.Solution, finding.CancellationToken, AttributeSymbols.IsJsonSerializable) is not { Attribute.Parent: AttributeListSyntax anchor } part) return Give();
        if (finding.Property(JsonAnalyzer.TypeProperty) is { Length: > 0 } key) return FindType(finding, key) is { } type ? Give(List(type, context, part, anchor, finding)) : Give();
        return context.MissingOptions is { Count: > 0 } missing ? Give(Set(missing, context, part, anchor, finding)) : Give();
    }

    private static ITypeSymbol? FindType(Finding finding, string key) => finding.Handlers is { } table
        ? JsonPlace.FindAll(table, finding.Compilation)[finding.Property(HandlerAnalyzer.HandlerProperty)].FirstOrDefault(place => TypeParser.Key(place.Type) == key)?.Type
        : null;

    private static Repair List(ITypeSymbol type, JsonContext context, HandlerPart part, AttributeListSyntax anchor, Finding finding)
    {
        var shown = Written.Show(ListedType.Nameable(type, finding.Compilation));
        return new($"Add [JsonSerializable(typeof({shown}))] to {Written.Show(context.Type)}", RuleId.NotInContext + " type", async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(part.Document, cancellationToken).ConfigureAwait(false);
            var added = ListedType.Write(type, context.Types.Concat(JsonContext.Reached([type])), finding.Compilation, editor.Generator);
            editor.TrackNode(anchor);
            editor.ReplaceNode(part.Declaration, (current, _) => AttributeLists.AddAfter((TypeDeclarationSyntax)current, current.GetCurrentNode(anchor)!, added));
        });
    }

    private static Repair Create(NewContext made, Finding finding) => new($"Create {made.Name} for all that is stored", RuleId.NotInContext + " context", (edited, _) =>
    {
        edited.Add(finding.Document.Project.Id, made.Name + ".cs", made.Write(SyntaxGenerator.GetGenerator(finding.Document)));
        return Task.CompletedTask;
    });

    private static Repair Set(IReadOnlyList<string> missing, JsonContext context, HandlerPart part, AttributeListSyntax anchor, Finding finding)
    {
        var options = context.Type.Find(ContextOptions.Attribute + "Attribute")?.ApplicationSyntaxReference;
        var written = options?.GetSyntax(finding.CancellationToken) as AttributeSyntax;
        var document = written is null ? part.Document : finding.Solution.GetDocument(written.SyntaxTree)?.Id ?? part.Document;
        return new($"Give {Written.Show(context.Type)} the settings of stored JSON", RuleId.NotInContext + " settings", async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(document, cancellationToken).ConfigureAwait(false);
            if (written is not null)
            {
                editor.ReplaceNode(written, (current, _) => ContextOptions.AddTo((AttributeSyntax)current, missing));
                return;
            }

            editor.TrackNode(anchor);
            editor.ReplaceNode(part.Declaration, (current, _) => AttributeLists.AddAfter((TypeDeclarationSyntax)current, current.GetCurrentNode(anchor)!, ContextOptions.Write(missing)));
        });
    }
}
