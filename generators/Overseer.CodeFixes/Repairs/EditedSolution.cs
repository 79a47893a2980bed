using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace Overseer.CodeFixes.Repairs;

/// <summary>A solution in which repairs are made, one after the other.</summary>
internal sealed class EditedSolution(Solution solution)
{
    private readonly SolutionEditor editor = new(solution);
    private readonly Dictionary<(ProjectId Project, string Name), SyntaxNode> added = [];
    private readonly List<Func<Solution, Task<Solution>>> last = [];

    /// <summary>The solution before all repairs.</summary>
    public Solution Original => editor.OriginalSolution;

    public Task<DocumentEditor> EditAsync(DocumentId document, CancellationToken cancellationToken) => editor.GetDocumentEditorAsync(document, cancellationToken);

    /// <summary>Adds a file to a project, unless a repair before has added it.</summary>
    public void Add(ProjectId project, string name, SyntaxNode root) => added[(project, name)] = root;

    /// <summary>Does something to the whole solution when all edits are made.</summary>
    public void Finally(Func<Solution, Task<Solution>> change) => last.Add(change);

    public async Task<Solution> CompleteAsync()
    {
        var changed = editor.GetChangedSolution();
        foreach (var file in added) changed = changed.GetProject(file.Key.Project)!.AddDocument(file.Key.Name, file.Value).Project.Solution;
        foreach (var change in last) changed = await change(changed).ConfigureAwait(false);
        return changed;
    }
}
