using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>Reports what the rules find about handlers, graphs and harnesses, each at the line that causes it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = Descriptors.OfHandlers.ToImmutableDictionary(descriptor => descriptor.Id);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.OfHandlers.ToImmutableArray();

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeSymbols.JobType) is null) return;
            var table = HandlerIndex.Of(start.Compilation);
            var redundancy = new Lazy<RedundantDependencyRules?>(
                () => table.Value is { } handlers ? new RedundantDependencyRules(handlers) : null, LazyThreadSafetyMode.PublicationOnly);
            start.RegisterSymbolAction(symbol => CheckHandler(symbol, table, redundancy), SymbolKind.NamedType);
            start.RegisterSyntaxNodeAction(node => CheckAssembly(node, table), SyntaxKind.AttributeList);
        });
    }

    private static void CheckHandler(SymbolAnalysisContext context, Lazy<HandlerTable?> table, Lazy<RedundantDependencyRules?> redundancy)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!HandlerIndex.IsHandler(type) || table.Value is not { } handlers || redundancy.Value is not { } redundant) return;
        var key = HandlerParser.Key(type);
        foreach (var problem in handlers.ProblemsOf(key).Concat(redundant.Check(key)))
        {
            var location = ProblemLocator.Locate(type, problem.Target, context.Compilation, context.CancellationToken);
            context.ReportDiagnostic(Diagnostic.Create(ById[problem.Id], location, Arguments(problem)));
        }
    }

    // An assembly is no symbol that analyzers are called for, so its attributes are met where they stand.
    private static void CheckAssembly(SyntaxNodeAnalysisContext context, Lazy<HandlerTable?> table)
    {
        var list = (AttributeListSyntax)context.Node;
        if (list.Target?.Identifier.IsKind(SyntaxKind.AssemblyKeyword) != true || table.Value is not { } handlers) return;
        var attributes = context.Compilation.Assembly.GetAttributes();
        foreach (var problem in handlers.ProblemsOf(HandlerTable.OfAssembly))
        {
            if (problem.Target.Index >= attributes.Length || attributes[problem.Target.Index].ApplicationSyntaxReference is not { } reference) continue;
            if (reference.SyntaxTree != list.SyntaxTree || !list.Span.Contains(reference.Span)) continue;
            var location = Location.Create(reference.SyntaxTree, reference.Span);
            context.ReportDiagnostic(Diagnostic.Create(ById[problem.Id], location, Arguments(problem)));
        }
    }

    private static object[] Arguments(RuleProblem problem) => problem.Arguments.Select(argument => (object)argument).ToArray();
}
