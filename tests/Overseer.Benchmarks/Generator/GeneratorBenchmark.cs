using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.Benchmarks.Contract;
using Overseer.Generators;
using Overseer.Generators.Lock;

namespace Overseer.Benchmarks.Generator;

/// <summary>Times the generator beside the compiler's own work, in turns, so that a noisy machine disturbs both alike.</summary>
internal static class GeneratorBenchmark
{
    private static readonly int[] DefaultSizes = [1000, 5000];

    private static readonly (string Name, Func<IIncrementalGenerator> Make)[] Generators =
    [
        ("Overseer", static () => new JobGenerator()),
        ("attributes only", static () => new AttributesOnly()),
        ("syntax only", static () => new SyntaxOnly()),
    ];

    /// <summary>Measures a project of each size that is asked for.</summary>
    public static void Run(BenchOptions options, TextWriter output)
    {
        var rounds = options.Number("rounds", 9, 1, 100_000);
        var handlers = options.Number("handlers", 0, 1, 100_000);
        foreach (var size in handlers > 0 ? [handlers] : DefaultSizes) Run(size, rounds, output);
    }

    private static void Run(int handlers, int rounds, TextWriter output)
    {
        var project = new HandlerProject(handlers);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{handlers:N0} handlers, {rounds} rounds, medians"));
        output.WriteLine("step                     who                     ms     µs/handler    MB allocated    × the compiler's own");
        // Once unmeasured, so that the code is compiled.
        Steps(project, 1, 1);
        var costs = Steps(project, rounds, 1000);
        foreach (var step in costs.Select(entry => entry.Key.Step).Distinct())
        {
            var floor = Cost.Median(costs[(step, Generators[1].Name)]).Milliseconds;
            foreach (var (name, _) in Generators) Print(output, handlers, step, name, Cost.Median(costs[(step, name)]), floor);
        }

        var (ours, locked, empty) = Analyzers(project, rounds);
        Print(output, handlers, "all analyzers", "Overseer", ours, empty.Milliseconds);
        Print(output, handlers, "all, with a lock file", "Overseer", locked, empty.Milliseconds);
        Print(output, handlers, "all analyzers", "empty analyzer", empty, empty.Milliseconds);
        output.WriteLine();
    }

    private static Dictionary<(string Step, string Who), List<Cost>> Steps(HandlerProject project, int rounds, int version)
    {
        var costs = new Dictionary<(string Step, string Who), List<Cost>>();
        for (var round = 0; round < rounds; round++)
        {
            version++;
            foreach (var (name, make) in Generators)
            {
                GeneratorDriver driver = CSharpGeneratorDriver.Create([make().AsSourceGenerator()], parseOptions: HandlerProject.ParseOptions);
                Add("first run", Fresh(project.Compilation));
                Add("edit in a method body", project.WithBody(version));
                Add("edit of one attribute", project.WithAttribute(version));

                void Add(string step, CSharpCompilation compilation)
                {
                    if (!costs.TryGetValue((step, name), out var list)) costs.Add((step, name), list = []);
                    list.Add(Cost.Of(() => driver = driver.RunGenerators(compilation)));
                    if (driver.GetRunResult().Results[0].Exception is { } error) throw new InvalidOperationException($"{name} failed.", error);
                }
            }
        }

        return costs;
    }

    private static (Cost Ours, Cost Locked, Cost Empty) Analyzers(HandlerProject project, int rounds)
    {
        ImmutableArray<DiagnosticAnalyzer> all =
        [
            .. typeof(JobGenerator).Assembly.GetTypes()
                .Where(type => typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !typeof(DiagnosticSuppressor).IsAssignableFrom(type) && !type.IsAbstract)
                .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
        ];
        CSharpGeneratorDriver.Create([new JobGenerator().AsSourceGenerator()], parseOptions: HandlerProject.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(project.Compilation, out var generated, out _);
        var code = LockedCode.Of(generated) ?? throw new InvalidOperationException("The project is not sound.");
        var file = new LockFile(LockWriter.Write(code.Model));
        var (ours, locked, empty) = (new List<Cost>(), new List<Cost>(), new List<Cost>());
        for (var round = 0; round <= rounds; round++)
        {
            var one = Analyze((CSharpCompilation)generated, all);
            var held = Analyze((CSharpCompilation)generated, all, file);
            var other = Analyze((CSharpCompilation)generated, [new EmptyAnalyzer()]);
            if (round == 0) continue;
            ours.Add(one);
            locked.Add(held);
            empty.Add(other);
        }

        return (Cost.Median(ours), Cost.Median(locked), Cost.Median(empty));
    }

    private static Cost Analyze(CSharpCompilation generated, ImmutableArray<DiagnosticAnalyzer> analyzers, params ImmutableArray<AdditionalText> files)
    {
        // A compilation of its own, bound already: the compiler binds every method anyway.
        var compilation = Fresh(generated);
        compilation.GetDiagnostics();
        var found = ImmutableArray<Diagnostic>.Empty;
        var cost = Cost.Of(() => found = compilation.WithAnalyzers(analyzers, new AnalyzerOptions(files)).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult());
        return found.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001") is { } crash ? throw new InvalidOperationException(crash.ToString()) : cost;
    }

    // Nothing that was bound before is shared with it.
    private static CSharpCompilation Fresh(CSharpCompilation compilation) => compilation.WithAssemblyName(compilation.AssemblyName);

    private static void Print(TextWriter output, int handlers, string step, string who, Cost cost, double floor) =>
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{step,-24} {who,-16} {cost.Milliseconds,9:N1} {cost.Milliseconds * 1000 / handlers,14:N1} {cost.Bytes / 1e6,15:N1} {cost.Milliseconds / floor,20:N2}"));
}
