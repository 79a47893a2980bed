using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>The ways in which a call may end a job by throwing.</summary>
[Flags]
internal enum JobEnd
{
    None = 0,

    /// <summary>It is a signal.</summary>
    Signal = 1 << 0,

    /// <summary>It gets the job, and may give a signal.</summary>
    Job = 1 << 1,

    /// <summary>It gets the job's token, and throws when that is cancelled.</summary>
    Token = 1 << 2,
}

internal static class JobEnds
{
    /// <summary>How a call may end the job, if what it throws surfaces inside the <c>try</c>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="attempt">The <c>try</c> around it.</param>
    /// <param name="isStage">Whether it stands in a stage, whose token parameter is the job's.</param>
    public static JobEnd Of(IInvocationOperation call, ITryOperation attempt, bool isStage)
    {
        var method = call.TargetMethod;
        if (method.IsSignal()) return JobEnd.Signal;
        if (method.ContainingType.IsJobContext() || method.ContainingType.IsNamed("System.Threading", "CancellationTokenSource")) return JobEnd.None;
        var end = JobEnd.None;
        if (method.ContainingType.IsToken())
            return method.Name == "ThrowIfCancellationRequested" && IsJobToken(call.Instance, isStage) ? JobEnd.Token : JobEnd.None;
        foreach (var argument in call.Arguments)
        {
            var value = OperationWalk.Unconverted(argument.Value);
            if (argument.Parameter?.Type.IsJobContext() == true && value.Type.IsJobContext()) end |= JobEnd.Job;
            if (argument.Parameter?.Type.IsToken() == true && IsJobToken(value, isStage)) end |= JobEnd.Token;
        }

        return end != JobEnd.None && Surfaces(call, attempt) ? end : JobEnd.None;
    }

    /// <summary>What a clause without a filter takes by catching this type.</summary>
    public static JobEnd CaughtBy(ITypeSymbol? exception) => exception switch
    {
        null or { SpecialType: SpecialType.System_Object } => JobEnd.Signal | JobEnd.Job | JobEnd.Token,
        _ when exception.IsNamed("System", "Exception") => JobEnd.Signal | JobEnd.Job | JobEnd.Token,
        _ when exception.IsNamed("Overseer", "OverseerException") => JobEnd.Signal,
        _ => JobEnd.None,
    };

    /// <summary>What a clause that stands before a catch-all takes away from it, with a filter or without.</summary>
    public static JobEnd NamedBy(ITypeSymbol? exception) => exception switch
    {
        null or { SpecialType: SpecialType.System_Object } => JobEnd.Signal | JobEnd.Job | JobEnd.Token,
        _ when exception.IsNamed("System", "Exception") => JobEnd.Signal | JobEnd.Job | JobEnd.Token,
        _ when exception.IsNamed("Overseer", "OverseerException") => JobEnd.Signal | JobEnd.Job,
        _ when exception.IsNamed("System", "OperationCanceledException") || exception.IsNamed("System.Threading.Tasks", "TaskCanceledException") => JobEnd.Token,
        _ => JobEnd.None,
    };

    private static bool IsJobToken(IOperation? value, bool isStage) => value switch
    {
        IPropertyReferenceOperation { Property: { Name: "CancellationToken" } property } => property.ContainingType.IsJobContext(),
        IParameterReferenceOperation { Parameter: var parameter } => isStage && parameter.Type.IsToken() && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation },
        ILocalReferenceOperation { Local: { } local } => local.Type.IsToken() && IsJobToken(Initializer(local, value), isStage),
        _ => false,
    };

    private static IOperation? Initializer(ILocalSymbol local, IOperation use) =>
        local.DeclaringSyntaxReferences is [var reference]
        && reference.SyntaxTree == use.Syntax.SyntaxTree
        && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
            ? use.SemanticModel?.GetOperation(value)
            : null;

    /// <summary>A task that is only made here throws where it is awaited.</summary>
    private static bool Surfaces(IInvocationOperation call, ITryOperation attempt)
    {
        if (!IsLater(call.TargetMethod.ReturnType)) return true;
        IOperation inner = call;
        foreach (var outer in OperationWalk.Around(call))
        {
            if (outer == attempt) return false;
            if (outer is IAwaitOperation || (outer is IForEachLoopOperation { IsAsynchronous: true } loop && loop.Collection == inner)) return true;
            if (outer is IPropertyReferenceOperation { Property.Name: "Result" } || (outer is IInvocationOperation { TargetMethod.Name: "Wait" or "GetResult" or "WaitAll" })) return true;
            inner = outer;
        }

        return false;
    }

    private static bool IsLater(ITypeSymbol type) =>
        StageFinder.Unwrap(type).Form != Model.ReturnForm.Direct || type.OriginalDefinition.IsNamed("System.Collections.Generic", "IAsyncEnumerable`1");
}
