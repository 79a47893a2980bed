using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Overseer.Generators;
using Overseer.Generators.Analyzers;
using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>Sources with the places marked where a diagnostic must be: <c>{|OVS101:text|}</c>. Nothing else may be said, neither by the analyzers nor by the compiler of what is generated.</summary>
internal static partial class Checked
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.DependencyInjection;
        using Overseer;

        """;

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        MetadataReference.CreateFromFile(typeof(JobTypeAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(FromKeyedServicesAttribute).Assembly.Location),
    ];

    // All compilations begin with this one, so that the references are read once.
    private static readonly CSharpCompilation Bare = CSharpCompilation.Create(
        "Checked", [], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    private static readonly Lazy<ISourceGenerator> JsonGenerator = new(() =>
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.Combine(shared, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref");
        var file = Directory.EnumerateFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).First(path => path.Contains("10.", StringComparison.Ordinal));
        return ((IIncrementalGenerator)Activator.CreateInstance(System.Reflection.Assembly.LoadFrom(file).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!)!).AsSourceGenerator();
    });

    /// <summary>Every analyzer there is: a new one is checked by all tests at once.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(HandlerAnalyzer).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !typeof(DiagnosticSuppressor).IsAssignableFrom(type) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Checks one project of these files; returns the messages in the order of their places.</summary>
    public static Task<IReadOnlyList<string>> Async(params string[] files) => Async(files, []);

    /// <summary>Checks one project that references others.</summary>
    /// <param name="files">The files.</param>
    /// <param name="references">The other projects.</param>
    /// <param name="properties">Build properties that are set to true.</param>
    public static async Task<IReadOnlyList<string>> Async(string[] files, MetadataReference[] references, params string[] properties)
    {
        var (compilation, expected) = Compile("Checked", files, references);
        var found = await AnalyzeAsync(compilation, properties);
        var actual = found.Select(Place).Order(StringComparer.Ordinal);
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual);
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => diagnostic.GetMessage(null))];
    }

    /// <summary>All that is said of one project of these files, in the order of ids and places.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> FindAsync(string[] files, params MetadataReference[] references) =>
        [.. (await AnalyzeAsync(Compile("Checked", files, references).Compilation, [])).OrderBy(diagnostic => diagnostic.Id, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];

    /// <summary>The same with a configuration file, whose severities the diagnostics have.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> ConfiguredAsync(string[] files, string config, params MetadataReference[] references)
    {
        var (compilation, _) = Compile("Checked", files, references);
        return await AnalyzeAsync(compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new EditorConfig(config))), []);
    }

    /// <summary>A library, generated code included, to be referenced by another project.</summary>
    public static MetadataReference Library(string name, params string[] files)
    {
        var (compilation, _) = Compile(name, files, []);
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>What these analyzers say of one file, suppressed or not.</summary>
    public static async Task<ImmutableArray<Diagnostic>> CompileAsync(string source, params DiagnosticAnalyzer[] analyzers)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        return await new CompilationWithAnalyzers(Compile("Checked", [source], []).Compilation, [.. analyzers], options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>One file as it stands, with what is generated for it.</summary>
    public static Compilation Project(string source) => Compile("Checked", [source], [], usings: "").Compilation;

    private static (Compilation Compilation, IReadOnlyList<string> Expected) Compile(string name, string[] files, MetadataReference[] references, string usings = Usings)
    {
        var expected = new List<string>();
        var trees = files.Select((text, index) => CSharpSyntaxTree.ParseText(Unmark(usings + text, $"File{index}.cs", expected), Parse, $"File{index}.cs")).ToList();
        var compilation = Bare.WithAssemblyName(name).AddReferences(references).AddSyntaxTrees(trees);
        // Contexts are completed by the generator of System.Text.Json, which costs what it costs.
        IEnumerable<ISourceGenerator> generators = files.Any(file => file.Contains("JsonSerializerContext", StringComparison.Ordinal)) ? [new JobGenerator().AsSourceGenerator(), JsonGenerator.Value] : [new JobGenerator().AsSourceGenerator()];
        CSharpGeneratorDriver.Create(generators, parseOptions: Parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out var after, out var ofGenerator, TestContext.Current.CancellationToken);
        Assert.Empty(ofGenerator);
        return (after, expected);
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, string[] properties, params AdditionalText[] besides)
    {
        var options = new AnalyzerOptions([.. besides], new BuildProperties(properties));
        var all = await compilation.WithAnalyzers(Analyzers, options).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. all.Where(diagnostic => !diagnostic.IsSuppressed && (diagnostic.Severity == DiagnosticSeverity.Error || IsOurs(diagnostic.Id)))];
    }

    private static bool IsOurs(string id) => id.StartsWith("OVS", StringComparison.Ordinal) || id == "AD0001";

    /// <summary>Takes the marks away; those inside others count too.</summary>
    private static string Unmark(string text, string file, List<string> expected)
    {
        var plain = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var copied = 0;
        foreach (var mark in Mark().Matches(text).Where(mark => mark.Value != "|}" || open.Count > 0))
        {
            plain.Append(text, copied, mark.Index - copied);
            copied = mark.Index + mark.Length;
            if (mark.Groups["id"] is { Success: true, Value: var id }) open.Push((id, plain.Length));
            else if (open.TryPop(out var place)) expected.Add(Place(place.Id, file, place.Start, plain.ToString(place.Start, plain.Length - place.Start)));
        }

        return plain.Append(text, copied, text.Length - copied).ToString();
    }

    private static string Place(string id, string file, int start, string text) => $"{id} in {file} at {start}: {text}";

    private static string Place(Diagnostic diagnostic)
    {
        var tree = diagnostic.Location.SourceTree;
        return tree is null || !tree.FilePath.StartsWith("File", StringComparison.Ordinal)
            ? $"{diagnostic.Id} outside: {diagnostic}"
            : Place(diagnostic.Id, tree.FilePath, diagnostic.Location.SourceSpan.Start, tree.GetText().ToString(diagnostic.Location.SourceSpan));
    }

    [GeneratedRegex(@"\{\|(?<id>\w+):|\|\}")]
    private static partial Regex Mark();
}
