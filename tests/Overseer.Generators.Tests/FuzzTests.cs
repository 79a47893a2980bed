using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Overseer.Generators.Lock;

namespace Overseer.Generators.Tests;

/// <summary>Randomly damaged handler files: whatever the mistake, nothing throws, and generated code adds no error to the user's own.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int Cases = 5000;

    /// <summary>The first seed; each case has the next one, and names it when it fails.</summary>
    private const int FirstSeed = 1;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(JobGenerator).Assembly.GetTypes()
            .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !typeof(DiagnosticSuppressor).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    // Comments are not what is damaged here, and cost as much as the code.
    private static readonly CSharpParseOptions Plain = Generated.Parse.WithDocumentationMode(DocumentationMode.None);

    // The references are read once for all cases.
    private static readonly CSharpCompilation Bare = Generated.Compile([], [Generated.From([DamagedSources.Library], [], "Library").Reference()]) is var bare ? bare.WithOptions(bare.Options.WithConcurrentBuild(false)) : throw new InvalidOperationException();

    // What was locked before the damage: each change is held against it.
    private static readonly AdditionalText[] Locks = [.. DamagedSources.All.Select(source => (AdditionalText)new LockFile(LockedCode.Of(Run(WithoutTrouble(source)).After) is { } code ? LockWriter.Write(code.Model) : "{}"))];

    [Fact]
    public void Randomly_damaged_files_are_survived()
    {
        var failures = new ConcurrentDictionary<int, string>();
        var (compiled, told) = (0, 0);
        Parallel.For(
            FirstSeed,
            FirstSeed + Cases,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken },
            seed =>
            {
                var source = Damage.Of(DamagedSources.All, seed);
                if (seed % (2 * Locks.Length) >= Locks.Length) source = WithoutTrouble(source);
                var (isSound, isToldOf, problem) = Check(source, Locks[seed % Locks.Length]);
                if (isSound) Interlocked.Increment(ref compiled);
                if (isToldOf) Interlocked.Increment(ref told);
                if (problem is not null) failures[seed] = $"Seed {seed}: {problem}\n{source}";
            });
        output.WriteLine($"{Cases} damaged files from seed {FirstSeed}, of which {compiled} compile and {told} do not go with their lock file.");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {Cases} failed.\n{string.Join("\n\n", failures.OrderBy(pair => pair.Key).Select(pair => pair.Value).Take(5))}");
        Assert.InRange(compiled, Cases / 20, Cases);
        Assert.InRange(told, Cases / 100, Cases);
    }

    [Fact]
    public void Undamaged_files_are_sound() => Assert.All(DamagedSources.All.Zip(Locks), pair =>
    {
        var source = pair.First;
        var (isSound, _, problem) = Check(source, pair.Second);
        Assert.Null(problem);
        Assert.False(Check(WithoutTrouble(source), pair.Second).IsToldOf);
        Assert.True(isSound, Generated.Show(Errors(Bare.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Plain, cancellationToken: TestContext.Current.CancellationToken)).GetDiagnostics(TestContext.Current.CancellationToken))));
    });

    /// <summary>Without what is wrong from the start: while anything is, nothing is held against the lock file.</summary>
    private static string WithoutTrouble(string source) => source.Replace("[JobType(\"hidden\")]", "", StringComparison.Ordinal).Replace("[JobType(\"inner\")]", "", StringComparison.Ordinal);

    private static (Compilation Before, Compilation After, Exception? Thrown) Run(string source)
    {
        var before = Bare.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Plain, "File0.cs"));
        var ran = CSharpGeneratorDriver.Create([new JobGenerator().AsSourceGenerator()], parseOptions: Plain).RunGeneratorsAndUpdateCompilation(before, out var after, out _);
        return (before, after, ran.GetRunResult().Results[0].Exception);
    }

    /// <summary>Whether the user's own source compiles, whether anything is told of the lock file, and what went wrong.</summary>
    private static (bool IsSound, bool IsToldOf, string? Problem) Check(string source, AdditionalText locked)
    {
        var (before, after, thrown) = Run(source);
        if (thrown is not null) return (false, false, $"the generator threw {thrown}");
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([locked]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var said = new CompilationWithAnalyzers(after, Analyzers, options).GetAllDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        if (said.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001") is { } crash) return (false, false, $"an analyzer threw {crash}");
        var isToldOf = said.Any(diagnostic => diagnostic.Id.StartsWith("OVS60", StringComparison.Ordinal));
        var inGenerated = said.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed && diagnostic.Location.SourceTree is { } tree && !before.SyntaxTrees.Contains(tree)).ToList();
        var errors = Errors(said);
        var isSound = errors.Count == 0 || (Errors(before.SyntaxTrees.First().GetDiagnostics()).Count == 0 && Errors(before.GetDiagnostics()).Count == 0);
        if (isSound && errors.Count > 0) return (true, isToldOf, "the source compiles, and not with generated code:\n" + Generated.Show(errors));
        // A namespace that an imported type is named as: whoever mentions it is warned.
        inGenerated.RemoveAll(diagnostic => diagnostic.Id is "CS0435" or "CS0436" or "CS0437");
        if (isSound && inGenerated.Count > 0) return (true, isToldOf, "the source compiles, and generated code has warnings:\n" + Generated.Show(inGenerated));
        var broken = Errors(inGenerated).Where(error => !IsOfTheUser(error, before, errors)).ToList();
        return (isSound, isToldOf, broken.Count == 0 ? null : "generated code has errors of its own:\n" + Generated.Show(broken));
    }

    /// <summary>What no generated code could avoid: a class that takes the place of <c>var</c> or of a namespace for everybody, and a method that is there twice, in one class or by its base class.</summary>
    private static bool IsOfTheUser(Diagnostic error, Compilation before, List<Diagnostic> errors) =>
        new[] { "var", "System", "Overseer" }.Any(name => before.Assembly.GlobalNamespace.GetTypeMembers(name).Length > 0)
        || (error.Id is "CS0121" or "CS1503" && errors.Exists(other => other.Id is "CS0111" or "CS0462"));

    private static List<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id.StartsWith("CS", StringComparison.Ordinal))];

    private sealed class LockFile(string text) : AdditionalText
    {
        public override string Path => "/app/overseer.lock.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
