using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Overseer.Generators.Parsing;

namespace Overseer.Generators.Analyzers;

/// <summary>Tells waits that do not block, as far as the code before them shows it.</summary>
internal static class CompletedTask
{
    /// <summary>
    /// Whether a task was awaited before, or asked whether it is completed. For a task out of a collection it is enough that some
    /// <c>Task.WhenAll</c> was awaited before, and a task that <c>ContinueWith</c> hands on is complete.
    /// </summary>
    public static bool IsKnown(IOperation task)
    {
        var root = Root(task);
        return root switch
        {
            ILocalReferenceOperation { Local: var local } => IsSettled(local.Name, root) || HoldsAwaited(local) || (IsElement(local) && AwaitsAll(root)),
            IParameterReferenceOperation { Parameter: var parameter } => IsSettled(parameter.Name, root) || (IsOfLambda(parameter) && (AwaitsAll(root) || IsContinuation(root))),
            IFieldReferenceOperation { Field: var field } => IsSettled(field.Name, root),
            IAwaitOperation => true,
            IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType: var type } } => type.Name is "Task" or "ValueTask",
            _ => false,
        };
    }

    /// <summary>Whether code runs on a thread made for it, which it may block.</summary>
    public static bool IsOnOwnThread(IOperation operation) => OperationWalk.Around(operation).Any(outer => outer switch
    {
        IObjectCreationOperation { Type: INamedTypeSymbol type } => type.IsNamed("System.Threading", "Thread"),
        IInvocationOperation { TargetMethod.Name: "StartNew" } call => call.Syntax.ToString().Contains("LongRunning"),
        _ => false,
    });

    /// <summary>What a task comes out of: <c>tasks</c> for <c>tasks[0]</c>.</summary>
    private static IOperation Root(IOperation task)
    {
        while (true)
        {
            var inner = task switch
            {
                IConversionOperation conversion => conversion.Operand,
                IArrayElementReferenceOperation element => element.ArrayReference,
                IPropertyReferenceOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.Name: "AsTask" or "Preserve", Instance: { } instance } => instance,
                _ => null,
            };
            if (inner is null) return task;
            task = inner;
        }
    }

    private static bool IsSettled(string name, IOperation use) => Before(use).Any(node => node switch
    {
        AwaitExpressionSyntax awaited => Mentions(awaited, name),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "Status" } asked => Mentions(asked.Expression, name),
        IsPatternExpressionSyntax { Pattern: RecursivePatternSyntax } pattern => Mentions(pattern.Expression, name) && pattern.Pattern.ToString().Contains("IsCompleted"),
        _ => false,
    });

    private static bool AwaitsAll(IOperation use) =>
        Before(use).Any(node => node is AwaitExpressionSyntax awaited && awaited.DescendantNodes().Any(inner => inner is IdentifierNameSyntax { Identifier.ValueText: "WhenAll" }));

    private static bool Mentions(SyntaxNode node, string name) =>
        node.DescendantNodesAndSelf().Any(inner => inner is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name);

    private static IEnumerable<SyntaxNode> Before(IOperation use)
    {
        var member = use.Syntax.AncestorsAndSelf().FirstOrDefault(node => node is BaseMethodDeclarationSyntax) ?? use.Syntax;
        return member.DescendantNodes().TakeWhile(node => node.SpanStart < use.Syntax.SpanStart).Where(node => node.Span.End <= use.Syntax.SpanStart);
    }

    private static bool HoldsAwaited(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value }
            && value.DescendantNodesAndSelf().Any(node => node.IsKind(SyntaxKind.AwaitExpression)));

    private static bool IsElement(ILocalSymbol local) => local.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is ForEachStatementSyntax);

    private static bool IsOfLambda(IParameterSymbol parameter) => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction };

    private static bool IsContinuation(IOperation use) => OperationWalk.Around(use).Any(outer => outer is IInvocationOperation { TargetMethod.Name: "ContinueWith" });
}
