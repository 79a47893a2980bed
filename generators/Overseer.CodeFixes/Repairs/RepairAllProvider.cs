using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Overseer.CodeFixes.Repairs;

/// <summary>Makes all repairs of one key in one solution. What merges the texts of separate repairs would lose one of two that meet in a place.</summary>
internal sealed class RepairAllProvider : FixAllProvider
{
    public static readonly RepairAllProvider Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult(
        fixAllContext.CodeFixProvider is RepairProvider provider
            ? CodeAction.Create($"Fix all {string.Join(", ", fixAllContext.DiagnosticIds)}", cancellationToken => ApplyAsync(fixAllContext.WithCancellationToken(cancellationToken), provider), fixAllContext.CodeActionEquivalenceKey)
            : null);

    private static async Task<Solution> ApplyAsync(FixAllContext context, RepairProvider provider)
    {
        var edited = new EditedSolution(context.Solution);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var document in Documents(context))
        {
            foreach (var diagnostic in (await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                if (await Finding.ReadAsync(document, diagnostic, names, context.CancellationToken).ConfigureAwait(false) is not { } finding) continue;
                var repairs = await provider.FindAsync(finding).ConfigureAwait(false);
                if (repairs.FirstOrDefault(repair => repair.IsDoneWith(context.CodeActionEquivalenceKey)) is { } repair)
                    await repair.ApplyAsync(edited, context.CancellationToken).ConfigureAwait(false);
            }
        }

        return await edited.CompleteAsync().ConfigureAwait(false);
    }

    private static IEnumerable<Document> Documents(FixAllContext context) => context.Scope switch
    {
        FixAllScope.Document => context.Document is { } document ? [document] : [],
        FixAllScope.Project => context.Project.Documents,
        FixAllScope.Solution => context.Solution.Projects.Where(project => project.Language == context.Project.Language).SelectMany(project => project.Documents),
        _ => [],
    };
}
