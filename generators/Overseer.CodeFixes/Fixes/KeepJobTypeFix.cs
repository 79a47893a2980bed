using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS601: adds a job type that is gone to the former names of the handler that took its place.</summary>
/// <remarks>It is offered in the lock file, where what is gone is told.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepJobTypeFix), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".json"]), Shared]
public sealed class KeepJobTypeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleId.StrandedRuns];

    // Which handler took the place of which is for a person to say.
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.TextDocument.Project;
        if (await project.GetCompilationAsync(context.CancellationToken).ConfigureAwait(false) is not { } compilation) return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(LockAnalyzer.StoredNameProperty, out var name) || name is null) continue;
            if (!diagnostic.Properties.TryGetValue(LockAnalyzer.SuccessorProperty, out var successor) || successor is null) continue;
            var type = HandlerIndex.HandlersIn(compilation).FirstOrDefault(handler => HandlerParser.Key(handler) == successor);
            if (type is null || HandlerPart.Find(type, project.Solution, context.CancellationToken, AttributeSymbols.IsJobType) is not { Attribute: { } attribute } part) continue;
            if (FormerNames.AddFormerly(attribute, name) is null) continue;
            context.RegisterCodeFix(
                CodeAction.Create($"Keep '{name}' as a former name of {Written.Show(type)}", cancellationToken => ApplyAsync(project.Solution, part, name, cancellationToken), $"{RuleId.StrandedRuns} {name}"),
                diagnostic);
        }
    }

    private static async Task<Solution> ApplyAsync(Solution solution, HandlerPart part, string name, CancellationToken cancellationToken)
    {
        var edited = new EditedSolution(solution);
        var editor = await edited.EditAsync(part.Document, cancellationToken).ConfigureAwait(false);
        editor.ReplaceNode(part.Attribute!, (current, _) => FormerNames.AddFormerly((AttributeSyntax)current, name)!);
        return await edited.CompleteAsync().ConfigureAwait(false);
    }
}
