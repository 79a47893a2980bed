using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Overseer.Generators.Analyzers;

/// <summary>Ways through the operations of a body.</summary>
internal static class OperationWalk
{
    /// <summary>What runs when this runs: lambdas and local functions run when they are called, and that may be elsewhere.</summary>
    /// <param name="start">Where to begin; it comes first.</param>
    /// <param name="enters">Whether to go into an operation.</param>
    public static IEnumerable<IOperation> Inside(IOperation start, Func<IOperation, bool>? enters = null)
    {
        var open = new Stack<IOperation>([start]);
        while (open.Count > 0)
        {
            var current = open.Pop();
            yield return current;
            if (enters?.Invoke(current) == false) continue;
            foreach (var child in current.ChildOperations.Reverse())
            {
                if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation)) open.Push(child);
            }
        }
    }

    /// <summary>What is around an operation, from the inside.</summary>
    public static IEnumerable<IOperation> Around(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent) yield return outer;
    }

    public static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation conversion) operation = conversion.Operand;
        return operation;
    }

    /// <summary>The name of what is called, as a reader sees it.</summary>
    public static string NameOf(IMethodSymbol method) => method.MethodKind == MethodKind.DelegateInvoke ? method.ContainingType.Name : method.Name;
}
