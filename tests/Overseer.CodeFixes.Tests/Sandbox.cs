using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.Generators;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>A solution as an editor has it, in which the generators run by themselves.</summary>
internal static class Sandbox
{
    private const string Main = "Main";

    /// <summary>A project of these files, and one that it references.</summary>
    public static Solution Open(string[] files, string? library = null)
    {
        var solution = Add(new AdhocWorkspace().CurrentSolution, Main, files);
        if (library is null) return solution;
        solution = Add(solution, "Library", [library]);
        var ids = solution.Projects.ToDictionary(project => project.Name, project => project.Id);
        return solution.AddProjectReference(ids[Main], new ProjectReference(ids["Library"]));
    }

    /// <summary>What the analyzers say of the first project, and the errors of the compiler.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(Solution solution)
    {
        var compilation = await MainOf(solution).GetCompilationAsync(TestContext.Current.CancellationToken);
        var found = await compilation!.WithAnalyzers(Projects.Analyzers).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return
        [
            .. found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id.StartsWith("OVS", StringComparison.Ordinal) || diagnostic.Id == "AD0001")
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }

    /// <summary>Applies the first action that is offered; null if none is.</summary>
    public static async Task<Solution?> FixAsync(Solution solution, Diagnostic diagnostic, CodeFixProvider provider)
    {
        if (await OfferAsync(solution, diagnostic, provider) is not [var action, ..]) return null;
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    /// <summary>All that is offered for a diagnostic.</summary>
    public static async Task<IReadOnlyList<CodeAction>> OfferAsync(Solution solution, Diagnostic diagnostic, CodeFixProvider provider)
    {
        if (solution.GetDocument(diagnostic.Location.SourceTree) is not { } document) return [];
        var offered = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), TestContext.Current.CancellationToken));
        return offered;
    }

    public static async Task<IReadOnlyList<string>> TextsAsync(Solution solution) =>
        [.. await Task.WhenAll(solution.Projects.SelectMany(project => project.Documents).Select(async document => (await document.GetTextAsync()).ToString()))];

    /// <summary>A library, generated code included, as an image.</summary>
    public static MetadataReference Library(string code)
    {
        var trees = new[] { Projects.Usings, code }.Select(text => CSharpSyntaxTree.ParseText(text, Projects.Parse));
        CSharpGeneratorDriver.Create([new JobGenerator().AsSourceGenerator()], parseOptions: Projects.Parse)
            .RunGeneratorsAndUpdateCompilation(CSharpCompilation.Create("Library", trees, Projects.References, Projects.Options), out var compilation, out _);
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static Project MainOf(Solution solution) => solution.Projects.Single(project => project.Name == Main);

    private static Solution Add(Solution solution, string name, string[] files)
    {
        var id = ProjectId.CreateNewId(name);
        solution = solution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, name, name, LanguageNames.CSharp,
            compilationOptions: Projects.Options, parseOptions: Projects.Parse, metadataReferences: Projects.References, analyzerReferences: Generators()));
        var texts = files.Prepend(Projects.Usings).ToList();
        for (var index = 0; index < texts.Count; index++) solution = solution.AddDocument(DocumentId.CreateNewId(id), $"File{index}.cs", texts[index], filePath: $"/{name}/File{index}.cs");
        return solution;
    }

    // By file, as an editor has them: it takes no other references into account when it searches.
    private static AnalyzerFileReference[] Generators() =>
        [.. new[] { typeof(JobGenerator), Projects.JsonGenerator }.Select(type => new AnalyzerFileReference(type.Assembly.Location, new Loaded(type.Assembly)))];

    private sealed class Loaded(System.Reflection.Assembly assembly) : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => assembly;
    }
}
