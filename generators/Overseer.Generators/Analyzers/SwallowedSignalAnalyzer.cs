using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>OVS701: a catch-all that swallows a signal, or the cancellation of a call that gets the job or its token.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwallowedSignalAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.SwallowedSignal];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeSymbols.JobType) is null) return;
            start.RegisterOperationAction(CheckTry, OperationKind.Try);
        });
    }

    private static void CheckTry(OperationAnalysisContext context)
    {
        var attempt = (ITryOperation)context.Operation;
        var handlers = FindSwallowing(attempt).ToList();
        if (handlers.Count == 0) return;
        var member = JobCode.MemberAround(context.ContainingSymbol);
        var isStage = member is not null && JobCode.IsStageOrHarnessStage(member, context.Compilation);
        var calls = OperationWalk.Inside(attempt.Body, inner => inner is not ITryOperation nested || !FindSwallowing(nested).Any())
            .OfType<IInvocationOperation>()
            .Select(call => (Method: call.TargetMethod, Ends: JobEnds.Of(call, attempt, isStage)))
            .ToList();
        foreach (var handler in handlers)
        {
            var caught = JobEnds.CaughtBy(handler.ExceptionType) & ~CaughtBefore(attempt, handler);
            if (calls.Find(call => (call.Ends & caught) != 0) is { Method: { } method })
                context.ReportDiagnostic(Create(handler, method));
        }
    }

    /// <summary>The clauses without a filter that take everything, or every exception of Overseer, and keep what they take.</summary>
    private static IEnumerable<ICatchClauseOperation> FindSwallowing(ITryOperation attempt) => attempt.Catches.Where(clause =>
        clause.Filter is null or { ConstantValue: { HasValue: true, Value: true } }
        && JobEnds.CaughtBy(clause.ExceptionType) != JobEnd.None
        && !PassedException.LeavesClause(clause));

    /// <summary>What earlier clauses take for themselves: whoever names those exceptions knows of them.</summary>
    private static JobEnd CaughtBefore(ITryOperation attempt, ICatchClauseOperation handler) =>
        attempt.Catches.TakeWhile(clause => clause != handler).Aggregate(JobEnd.None, (caught, clause) => caught | JobEnds.NamedBy(clause.ExceptionType));

    // A filter would leave nothing over for a clause that takes only what ends a job.
    private static Diagnostic Create(ICatchClauseOperation handler, IMethodSymbol method) => JobEnds.CaughtBy(handler.ExceptionType) == JobEnd.Signal
        ? Diagnostic.Create(Descriptors.SwallowedSignal, LocationOf(handler), "This clause", OperationWalk.NameOf(method), "rethrow it")
        : Diagnostic.Create(
            Descriptors.SwallowedSignal,
            LocationOf(handler),
            "This catch-all also",
            OperationWalk.NameOf(method),
            "rethrow it, or add a filter: when (exception is not (OverseerException or OperationCanceledException))");

    private static Location LocationOf(ICatchClauseOperation handler)
    {
        var clause = (CatchClauseSyntax)handler.Syntax;
        var end = clause.Declaration?.Span.End ?? clause.CatchKeyword.Span.End;
        return Location.Create(clause.SyntaxTree, TextSpan.FromBounds(clause.CatchKeyword.SpanStart, end));
    }
}
