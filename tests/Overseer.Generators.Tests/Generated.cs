using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Overseer.Generators.Tests;

/// <summary>The generator run over a few source texts.</summary>
internal sealed class Generated
{
    public static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly MetadataReference[] Shared =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        MetadataReference.CreateFromFile(typeof(JobTypeAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(FromKeyedServicesAttribute).Assembly.Location),
    ];

    private Generated(GeneratorDriver driver, Compilation before, Compilation after)
    {
        Driver = driver;
        Before = before;
        Compilation = after;
        Result = driver.GetRunResult().Results.Single();
    }

    public GeneratorDriver Driver { get; }

    public Compilation Before { get; }

    public Compilation Compilation { get; }

    public GeneratorRunResult Result { get; }

    public IEnumerable<string> Files => Result.GeneratedSources.Select(source => source.HintName);

    /// <summary>Everything the compiler would say, with warnings as errors; the test sources themselves need no documentation.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics =>
    [
        .. Compilation.GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed && !(diagnostic.Id == "CS1591" && IsWritten(diagnostic))),
    ];

    /// <summary>What it would say of the generated code.</summary>
    public IReadOnlyList<Diagnostic> GeneratedDiagnostics =>
        [.. Diagnostics.Where(diagnostic => !IsWritten(diagnostic))];

    public string this[string file] => Result.GeneratedSources.Single(source => source.HintName == file).SourceText.ToString();

    public string All => string.Join('\n', Result.GeneratedSources.Select(source => source.SourceText.ToString()));

    public static Generated From(params string[] sources) => From(sources, []);

    public static Generated From(string[] sources, MetadataReference[] references, string assembly = "Reports", string? rootNamespace = "Reports") =>
        Run(Compile(sources, references, assembly), rootNamespace);

    public static CSharpCompilation Compile(string[] sources, MetadataReference[] references, string assembly = "Reports") =>
        CSharpCompilation.Create(
            assembly,
            sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, Parse, $"File{index}.cs")),
            [.. Shared, .. references],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    public static Generated Run(Compilation compilation, string? rootNamespace = "Reports") => Run(NewDriver(rootNamespace), compilation);

    public Generated Again(Compilation compilation) => Run(Driver, compilation);

    /// <summary>The compiled assembly as others reference it.</summary>
    public MetadataReference Reference(bool asReferenceAssembly = false)
    {
        using var image = new MemoryStream();
        var options = new Microsoft.CodeAnalysis.Emit.EmitOptions(metadataOnly: asReferenceAssembly, includePrivateMembers: !asReferenceAssembly);
        var result = Compilation.Emit(image, options: options, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    public Generated CompilesCleanly()
    {
        Assert.Null(Result.Exception);
        Assert.Empty(Result.Diagnostics);
        Assert.True(Diagnostics.Count == 0, Show(Diagnostics));
        return this;
    }

    public static string Show(IReadOnlyList<Diagnostic> diagnostics) =>
        string.Join('\n', (IEnumerable<object?>)[.. diagnostics, .. diagnostics.Select(diagnostic => diagnostic.Location.SourceTree).Distinct()]);

    private bool IsWritten(Diagnostic diagnostic) => Before.SyntaxTrees.Contains(diagnostic.Location.SourceTree!);

    private static CSharpGeneratorDriver NewDriver(string? rootNamespace) => CSharpGeneratorDriver.Create(
        [new JobGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        optionsProvider: new Options(rootNamespace),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static Generated Run(GeneratorDriver driver, Compilation compilation)
    {
        var ran = driver.RunGeneratorsAndUpdateCompilation(compilation, out var after, out _, TestContext.Current.CancellationToken);
        return new Generated(ran, compilation, after);
    }

    private sealed class Options(string? rootNamespace) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Global(rootNamespace);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Global(string? rootNamespace) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.RootNamespace" ? rootNamespace : null;
            return value is not null;
        }
    }
}
