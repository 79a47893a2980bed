using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>Reports what the rules find about handlers, graphs and harnesses, each at the line that causes it.</summary>
/// <remarks>The diagnostic's properties say which handlers it is about, for code fixes: <see cref="HandlerProperty"/> and <see cref="OthersProperty"/>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The key of the handler.</summary>
    public const string HandlerProperty = "Handler";

    /// <summary>The keys of the other handlers, one a line.</summary>
    public const string OthersProperty = "Others";

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
            start.RegisterCompilationEndAction(end => CheckReferences(end, table));
            start.RegisterSyntaxNodeAction(node => CheckAssembly(node, table), SyntaxKind.AttributeList);
        });
    }

    private static void CheckHandler(SymbolAnalysisContext context, Lazy<HandlerTable?> table, Lazy<RedundantDependencyRules?> redundancy)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!HandlerIndex.IsHandler(type))
        {
            CheckStray(context, type, table);
            return;
        }

        if (table.Value is not { } handlers || redundancy.Value is not { } redundant) return;
        var key = HandlerParser.Key(type);
        foreach (var problem in handlers.ProblemsOf(key).Concat(redundant.Check(key)))
        {
            var location = ProblemLocator.Locate(type, problem.Target, context.Compilation, context.CancellationToken);
            context.ReportDiagnostic(Create(problem, location));
        }
    }

    private static void CheckStray(SymbolAnalysisContext context, INamedTypeSymbol type, Lazy<HandlerTable?> table)
    {
        if (!StrayAttributes.AreOn(type) || table.Value is not { } handlers || StrayAttributes.Find(type, handlers) is not { } problem) return;
        context.ReportDiagnostic(Create(problem, ProblemLocator.Locate(type, problem.Target, context.Compilation, context.CancellationToken)));
    }

    // What two references have against each other has no place in this project, but it may have a line that comes to it.
    private static void CheckReferences(CompilationAnalysisContext context, Lazy<HandlerTable?> table)
    {
        if (table.Value is not { } handlers) return;
        foreach (var problem in handlers.ProblemsOf(HandlerTable.OfReferences))
        {
            var (type, member) = problem.Id == RuleId.GraphName ? ("JobGraphs", "Create" + problem.Arguments[0]) : ("JobHandlers", "All");
            var location = CodeUse.FindFirst(context.Compilation, type, member, context.CancellationToken) ?? Location.None;
            context.ReportDiagnostic(Create(problem, location));
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
            context.ReportDiagnostic(Create(problem, location));
        }
    }

    private static Diagnostic Create(RuleProblem problem, Location location)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add(HandlerProperty, problem.Handler).Add(OthersProperty, string.Join("\n", problem.Others));
        return Diagnostic.Create(ById[problem.Id], location, properties, problem.Arguments.Select(argument => (object)argument).ToArray());
    }
}
