using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Overseer.CodeFixes.Repairs;

/// <summary>A code fix that finds repairs for a diagnostic; where it finds none, the editor offers none.</summary>
public abstract class RepairProvider(params string[] ids) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. ids];

    public override FixAllProvider? GetFixAllProvider() => RepairAllProvider.Instance;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await Finding.ReadAsync(context.Document, diagnostic, [], context.CancellationToken).ConfigureAwait(false) is not { } finding) continue;
            foreach (var repair in await FindAsync(finding).ConfigureAwait(false))
                context.RegisterCodeFix(CodeAction.Create(repair.Title, cancellationToken => ApplyAsync(repair, context.Document, cancellationToken), repair.Key), diagnostic);
        }
    }

    /// <summary>The ways to mend it, the best first.</summary>
    internal abstract Task<IReadOnlyList<Repair>> FindAsync(Finding finding);

    private protected static Task<IReadOnlyList<Repair>> Give(params IReadOnlyList<Repair> repairs) => Task.FromResult(repairs);

    private protected static async Task<Solution> ApplyAsync(Repair repair, Document document, CancellationToken cancellationToken)
    {
        var edited = new EditedSolution(document.Project.Solution);
        await repair.ApplyAsync(edited, cancellationToken).ConfigureAwait(false);
        return await edited.CompleteAsync().ConfigureAwait(false);
    }
}
