using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Overseer.Benchmarks.Generator;

/// <summary>What the compiler alone needs to run any analyzer that looks at types and calls.</summary>
#pragma warning disable RS1001, RS1036, RS1041 // It is no compiler plug-in: only the benchmark runs it.
internal sealed class EmptyAnalyzer : DiagnosticAnalyzer
#pragma warning restore RS1001, RS1036, RS1041
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new("EMPTY", "Empty", "Empty", "Benchmark", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static _ => { }, SymbolKind.NamedType);
        context.RegisterOperationAction(static _ => { }, OperationKind.Invocation);
    }
}
