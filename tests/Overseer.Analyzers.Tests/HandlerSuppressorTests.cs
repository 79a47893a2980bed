using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.Generators.Analyzers;
using Xunit;

namespace Overseer.Analyzers.Tests;

public sealed class HandlerSuppressorTests
{
    [Fact]
    public async Task Stages_are_not_told_to_be_static_and_handlers_not_to_be_unused()
    {
        const string source = """
            [JobType("a")] class A { public void Process() { } public void PreProcess() { } public void Helper() { } }
            class Plain { public void Process() { } }
            class Wrap : IJobHarness { public ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage) => stage(job); }
            """;
        var found = await Checked.CompileAsync(source, new Nagging(), new HandlerSuppressor());
        var left = found.Where(diagnostic => !diagnostic.IsSuppressed).Select(diagnostic => diagnostic.GetMessage(null));
        Assert.Equal(["A.Helper", "Plain", "Plain.Process", "Wrap.InvokeAsync"], left.Order(StringComparer.Ordinal));
    }

    /// <summary>Stands in for the two analyzers whose ids it uses, and complains of everything.</summary>
#pragma warning disable RS1001, RS1029, RS1036, RS2008 // An analyzer for this test only.
    private sealed class Nagging : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Static = new("CA1822", "t", "{0}", "c", DiagnosticSeverity.Warning, isEnabledByDefault: true);
        private static readonly DiagnosticDescriptor Unused = new("CA1812", "t", "{0}", "c", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Static, Unused];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(symbol => Report(symbol, Unused, symbol.Symbol.Name), SymbolKind.NamedType);
            context.RegisterSymbolAction(
                symbol =>
                {
                    if (!symbol.Symbol.IsImplicitlyDeclared) Report(symbol, Static, $"{symbol.Symbol.ContainingType.Name}.{symbol.Symbol.Name}");
                },
                SymbolKind.Method);
        }

        private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor descriptor, string name) =>
            context.ReportDiagnostic(Diagnostic.Create(descriptor, context.Symbol.Locations[0], name));
    }
}
