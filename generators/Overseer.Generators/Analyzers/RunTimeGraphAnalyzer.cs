using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.Generators.Analyzers;

/// <summary>OVS206: what <see cref="RunTimeGraphRule"/> finds in <c>JobGraph.FromTypes</c> with a dictionary that is written out.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RunTimeGraphAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.RunTimeGraph];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeSymbols.JobType) is null) return;
            var atRunTime = new Lazy<RunTimeHandlers>(() => RunTimeHandlers.Of(start.Compilation), LazyThreadSafetyMode.PublicationOnly);
            start.RegisterOperationAction(operation => Check(operation, atRunTime), OperationKind.Invocation);
        });
    }

    private static void Check(OperationAnalysisContext context, Lazy<RunTimeHandlers> atRunTime)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "FromTypes" || !call.TargetMethod.ContainingType.IsNamed("Overseer", "JobGraph")) return;
        if (call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value is not { } argument) return;
        var value = OperationWalk.Unconverted(argument);
        var literal = LiteralGraph.Read(AssignedOnce.Resolve(value, context.Compilation, context.CancellationToken));
        if (literal is null || HandlerIndex.Of(context.Compilation).Value is not { } handlers || atRunTime.Value is not { IsOpen: false } known) return;
        foreach (var problem in RunTimeGraphRule.Check(literal.Jobs, handlers, known.Types))
        {
            var place = literal.Places[problem.Place].GetLocation();
            var isInCall = argument.Syntax.SyntaxTree == place.SourceTree && argument.Syntax.Span.Contains(place.SourceSpan);
            var arguments = problem.Arguments.Select(text => (object)text).ToArray();
            // A variable may be used by several calls, so each of them is told, and the place in the literal comes along.
            context.ReportDiagnostic(isInCall
                ? Diagnostic.Create(Descriptors.RunTimeGraph, place, arguments)
                : Diagnostic.Create(Descriptors.RunTimeGraph, value.Syntax.GetLocation(), [place], arguments));
        }
    }
}
