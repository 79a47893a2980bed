using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>OVS703: a blocking wait in a handler or a harness.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingWaitAnalyzer : DiagnosticAnalyzer
{
    private const string Tasks = "System.Threading.Tasks";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.BlockingWait];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeSymbols.JobType) is null) return;
            start.RegisterOperationBlockStartAction(block =>
            {
                if (block.OwningSymbol is not IMethodSymbol method || !CouldAwait(method, block.Compilation)) return;
                block.RegisterOperationAction(CheckProperty, OperationKind.PropertyReference);
                block.RegisterOperationAction(CheckCall, OperationKind.Invocation);
            });
        });
    }

    /// <summary>Whether it is a wait of <c>Task</c> that blocks.</summary>
    public static bool IsTaskWait(IMethodSymbol method) => method.Name is "Wait" or "WaitAll" or "WaitAny" && IsTask(method.ContainingType);

    /// <summary>A method of a handler or harness whose signature is its own: what a foreign contract makes synchronous cannot await.</summary>
    private static bool CouldAwait(IMethodSymbol method, Compilation compilation)
    {
        if (!HandlerIndex.IsHandler(method.ContainingType) && !JobCode.IsHarness(method.ContainingType)) return false;
        if (JobCode.IsStageOrHarnessStage(method, compilation) || StageFinder.Unwrap(method.ReturnType).Form != Model.ReturnForm.Direct) return true;
        return method is { MethodKind: MethodKind.Ordinary, IsOverride: false }
            && method.Name != "Dispose"
            && !method.ContainingType.AllInterfaces.SelectMany(contract => contract.GetMembers(method.Name))
                .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));
    }

    private static void CheckProperty(OperationAnalysisContext context)
    {
        var reference = (IPropertyReferenceOperation)context.Operation;
        if (reference.Property.Name != "Result" || !IsTask(reference.Property.ContainingType) || reference.Instance is not { } task) return;
        if (!CompletedTask.IsKnown(task)) Report(context, ".Result", "await the task instead");
    }

    private static void CheckCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        if (method.Name == "Sleep" && method.ContainingType.IsNamed("System.Threading", "Thread"))
        {
            if (!IsZero(call)) Report(context, "Thread.Sleep", "await Task.Delay instead, or throw job.Snooze to try again later");
        }
        else if (method.Name is "WaitAll" or "WaitAny" && IsTask(method.ContainingType))
        {
            Report(context, $"Task.{method.Name}", $"await Task.{(method.Name == "WaitAll" ? "WhenAll" : "WhenAny")} instead");
        }
        else if (method.Name == "Wait" && IsTask(method.ContainingType) && call.Instance is { } task)
        {
            if (!IsZero(call) && !CompletedTask.IsKnown(task)) Report(context, ".Wait()", "await the task instead");
        }
        else if (method.Name == "GetResult" && FindAwaited(call) is { } awaited && !CompletedTask.IsKnown(awaited))
        {
            Report(context, ".GetAwaiter().GetResult()", "await the task instead");
        }
    }

    private static void Report(OperationAnalysisContext context, string what, string remedy)
    {
        if (!CompletedTask.IsOnOwnThread(context.Operation))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BlockingWait, context.Operation.Syntax.GetLocation(), what, remedy));
    }

    /// <summary>The task behind <c>task.GetAwaiter()</c> or <c>task.ConfigureAwait(false).GetAwaiter()</c>.</summary>
    private static IOperation? FindAwaited(IInvocationOperation result)
    {
        if (result.Instance is not IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited }) return null;
        if (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task }) awaited = task;
        return awaited.Type is INamedTypeSymbol type && IsTask(type) ? awaited : null;
    }

    private static bool IsTask(INamedTypeSymbol type) => type.OriginalDefinition is var definition
        && (definition.IsNamed(Tasks, "Task") || definition.IsNamed(Tasks, "Task`1") || definition.IsNamed(Tasks, "ValueTask") || definition.IsNamed(Tasks, "ValueTask`1"));

    private static bool IsZero(IInvocationOperation call) => call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: 0 } }, ..];
}
