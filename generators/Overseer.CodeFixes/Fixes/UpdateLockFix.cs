using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Overseer.Generators.Lock;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS603: accepts compatible changes into the lock file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UpdateLockFix), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".json"]), Shared]
public sealed class UpdateLockFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleId.LockFileBehind];

    // One project has one lock file.
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var file = context.TextDocument;
        if (await FindAsync(file, context.CancellationToken).ConfigureAwait(false) is null) return;
        context.RegisterCodeFix(
            CodeAction.Create($"Update {LockFormat.FileName}", cancellationToken => ApplyAsync(file, cancellationToken), RuleId.LockFileBehind),
            context.Diagnostics);
    }

    private static async Task<Solution> ApplyAsync(TextDocument file, CancellationToken cancellationToken)
    {
        var solution = file.Project.Solution;
        if (await FindAsync(file, cancellationToken).ConfigureAwait(false) is not { } text) return solution;
        var before = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return solution.WithAdditionalDocumentText(file.Id, SourceText.From(text, before.Encoding, before.ChecksumAlgorithm));
    }

    private static async Task<string?> FindAsync(TextDocument file, CancellationToken cancellationToken)
    {
        var text = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (await file.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation) return null;
        try
        {
            return LockCheck.Of(compilation, text.ToString()).NewText;
        }
        catch (LockFormatException)
        {
            // What cannot be read may hold what must not be lost.
            return null;
        }
    }
}
