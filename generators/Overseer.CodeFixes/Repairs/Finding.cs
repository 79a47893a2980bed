using Microsoft.CodeAnalysis;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Repairs;

/// <summary>A diagnostic with the code it is about.</summary>
internal sealed class Finding
{
    private readonly HashSet<string> names;
    private readonly Lazy<HashSet<string>> jobTypes;

    private Finding(Document document, Diagnostic diagnostic, SyntaxNode root, SemanticModel model, HashSet<string> names, CancellationToken cancellationToken)
    {
        this.names = names;
        Document = document;
        Diagnostic = diagnostic;
        Model = model;
        Node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        CancellationToken = cancellationToken;
        jobTypes = new(() => new(FindJobTypes(Handlers), StringComparer.Ordinal));
    }

    public Document Document { get; }

    public Diagnostic Diagnostic { get; }

    /// <summary>The innermost node at the place of the diagnostic.</summary>
    public SyntaxNode Node { get; }

    public SemanticModel Model { get; }

    public Compilation Compilation => Model.Compilation;

    public Solution Solution => Document.Project.Solution;

    public CancellationToken CancellationToken { get; }

    /// <summary>Every handler in reach; null if the project does not know Overseer.</summary>
    public HandlerTable? Handlers => HandlerIndex.Of(Compilation).Value;

    /// <summary>Null if the diagnostic has no place in the document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="names">The job types that other repairs of the same run have given.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<Finding?> ReadAsync(Document document, Diagnostic diagnostic, HashSet<string> names, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root) return null;
        if (!diagnostic.Location.IsInSource || !root.FullSpan.Contains(diagnostic.Location.SourceSpan)) return null;
        return await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model
            ? new(document, diagnostic, root, model, names, cancellationToken)
            : null;
    }

    /// <summary>The nearest node of a kind around the place, or at it.</summary>
    public T? Around<T>()
        where T : SyntaxNode => Node.FirstAncestorOrSelf<T>();

    public string Property(string name) => Diagnostic.Properties.TryGetValue(name, out var value) ? value ?? "" : "";

    /// <summary>The handler that the diagnostic is about.</summary>
    public INamedTypeSymbol? FindHandler() => FindType(Property(HandlerAnalyzer.HandlerProperty));

    /// <summary>The other handlers that it is about.</summary>
    public IEnumerable<INamedTypeSymbol> FindOthers() => Property(HandlerAnalyzer.OthersProperty).Split('\n').Select(FindType).OfType<INamedTypeSymbol>();

    /// <summary>Whether a handler in reach has that name, or had it, or another repair of the same run has given it.</summary>
    public bool IsTaken(string jobType) => names.Contains(jobType) || jobTypes.Value.Contains(jobType);

    /// <summary>Gives a name to a handler.</summary>
    public string Take(string jobType)
    {
        names.Add(jobType);
        return jobType;
    }

    private static IEnumerable<string> FindJobTypes(HandlerTable? table) => table is null ? [] : table.References.Append(table.Own)
        .SelectMany(assembly => assembly.Handlers)
        .SelectMany(handler => handler.JobType is { } type ? handler.FormerNames.Append(type) : handler.FormerNames);

    private INamedTypeSymbol? FindType(string key)
    {
        var end = key.LastIndexOf(", ", StringComparison.Ordinal);
        if (end < 0) return null;
        var assembly = Compilation.SourceModule.ReferencedAssemblySymbols.Prepend(Compilation.Assembly).FirstOrDefault(candidate => candidate.Name == key.Substring(end + 2));
        // A key escapes the parts of a namespace that are keywords.
        return assembly?.GetTypeByMetadataName(key.Substring(0, end).Replace("@", "")) is { } type && HandlerParser.Key(type) == key ? type : null;
    }
}
