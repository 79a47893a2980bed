using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Overseer.Generators.Analyzers;

/// <summary>Whether a catch clause lets go of what it caught.</summary>
internal static class PassedException
{
    private static readonly HashSet<string> Keepers = new(StringComparer.Ordinal)
    {
        "Add", "Capture", "Complete", "Enqueue", "Fault", "FromException", "Push", "SetException", "TryAdd", "TryComplete", "TrySetException",
    };

    /// <summary>It throws on some way, or hands the exception to something that keeps it, to be thrown later.</summary>
    public static bool LeavesClause(ICatchClauseOperation clause)
    {
        var caught = clause.ExceptionDeclarationOrExpression is IVariableDeclaratorOperation declarator ? declarator.Symbol : null;
        return OperationWalk.Inside(clause.Handler).Any(operation => operation switch
        {
            IThrowOperation => true,
            IInvocationOperation call => Throws(call.TargetMethod) || (Keepers.Contains(call.TargetMethod.Name) && call.Arguments.Any(argument => Is(argument.Value, caught))),
            IAssignmentOperation assignment => IsKept(assignment, caught),
            IReturnOperation { ReturnedValue: { } value } => Is(value, caught),
            _ => false,
        });
    }

    private static bool Throws(IMethodSymbol method) =>
        method.Name.StartsWith("Throw", StringComparison.Ordinal)
        || method.Name.StartsWith("Rethrow", StringComparison.Ordinal)
        || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute");

    private static bool IsKept(IAssignmentOperation assignment, ILocalSymbol? caught) =>
        assignment.Target is IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation
        && OperationWalk.Inside(assignment.Value).Any(part => Is(part, caught) && part.Parent is not IMemberReferenceOperation);

    private static bool Is(IOperation value, ILocalSymbol? caught) =>
        caught is not null && OperationWalk.Unconverted(value) is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, caught);
}
