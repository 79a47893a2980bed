using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Parsing;

namespace Overseer.CodeFixes.Async;

/// <summary>A place where a function returns a task, and what it returns there once it is <c>async</c>.</summary>
/// <param name="Place">A return statement, or the expression that is the body.</param>
/// <param name="HasValue">Whether the task has a value.</param>
/// <param name="Write">Writes what the task gives, from the task as it is when its turn comes; null if it gives nothing and there is nothing to do.</param>
internal sealed record AsyncReturn(SyntaxNode Place, bool HasValue, Func<ExpressionSyntax, ExpressionSyntax?> Write)
{
    /// <summary>All places of a function; null if one of them cannot be changed.</summary>
    public static IReadOnlyList<AsyncReturn>? FindAll(SyntaxNode function, bool hasValue, Finding finding)
    {
        var found = new List<AsyncReturn>();
        foreach (var (place, task) in Places(function))
        {
            if (Find(task, hasValue, finding) is not { } write) return null;
            // An expression that is the body cannot be nothing.
            if (place is ExpressionSyntax && IsNothing(task, hasValue, finding)) return null;
            found.Add(new(place, hasValue, write));
        }

        return found;
    }

    public SyntaxNode ApplyTo(SyntaxNode function)
    {
        if (function.GetCurrentNode(Place) is not { } current) return function;
        if (current is ExpressionSyntax body) return function.ReplaceNode(body, Write(body)!.WithTriviaFrom(body));
        var statement = (ReturnStatementSyntax)current;
        var written = Write(statement.Expression!);
        if (HasValue) return function.ReplaceNode(statement, statement.WithExpression(written!.WithTriviaFrom(statement.Expression!)));
        return ReturnNothing(function, statement, written);
    }

    private static SyntaxNode ReturnNothing(SyntaxNode function, ReturnStatementSyntax statement, ExpressionSyntax? awaited)
    {
        var isLast = statement.Parent is BlockSyntax block && block.Parent == function && block.Statements.Last() == statement;
        var bare = SyntaxFactory.ReturnStatement();
        if (awaited is null)
            return isLast && !HasComment(statement) ? function.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia)! : function.ReplaceNode(statement, bare.WithTriviaFrom(statement));
        var await = SyntaxFactory.ExpressionStatement(awaited.WithoutTrivia()).WithTriviaFrom(statement);
        if (isLast) return function.ReplaceNode(statement, await);
        if (statement.Parent is not (BlockSyntax or SwitchSectionSyntax))
            return function.ReplaceNode(statement, SyntaxFactory.Block(await.WithoutTrivia(), bare).WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation));
        var indentation = statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1);
        return function.ReplaceNode(statement, [await.WithTrailingTrivia(Lines.EndOf(statement)), bare.WithLeadingTrivia(indentation).WithTrailingTrivia(statement.GetTrailingTrivia())]);
    }

    private static IEnumerable<(SyntaxNode Place, ExpressionSyntax Task)> Places(SyntaxNode function)
    {
        var body = function switch
        {
            MethodDeclarationSyntax method => method.ExpressionBody?.Expression,
            LocalFunctionStatementSyntax local => local.ExpressionBody?.Expression,
            AnonymousFunctionExpressionSyntax lambda => lambda.ExpressionBody,
            _ => null,
        };
        if (body is not null) return [(body, body)];
        return function.DescendantNodes(node => node == function || node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            .OfType<ReturnStatementSyntax>()
            .Where(statement => statement.Expression is not null)
            .Select(statement => ((SyntaxNode)statement, statement.Expression!));
    }

    /// <summary>How to write what a task gives; null where nobody can tell.</summary>
    private static Func<ExpressionSyntax, ExpressionSyntax?>? Find(ExpressionSyntax task, bool hasValue, Finding finding)
    {
        if (IsNothing(task, hasValue, finding)) return _ => null;
        switch (task)
        {
            case ThrowExpressionSyntax:
                return current => current;
            case InvocationExpressionSyntax { ArgumentList.Arguments: [_] } call when hasValue && IsFromResult(call, finding):
                return current => ((InvocationExpressionSyntax)current).ArgumentList.Arguments[0].Expression;
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [_] } made when finding.Model.GetSymbolInfo(made, finding.CancellationToken).Symbol is IMethodSymbol constructor:
                var isOfTask = constructor.OriginalDefinition.Parameters[0].Type is not ITypeParameterSymbol;
                return current => ((BaseObjectCreationExpressionSyntax)current).ArgumentList!.Arguments[0].Expression is var given && isOfTask ? Awaits.Write(given) : given;
            case ImplicitObjectCreationExpressionSyntax:
                return null;
        }

        // What is null, or has a type only by where it stands, cannot be awaited.
        return finding.Model.GetTypeInfo(task, finding.CancellationToken).Type is null || task.IsKind(SyntaxKind.DefaultLiteralExpression) ? null : Awaits.Write;
    }

    private static bool IsNothing(ExpressionSyntax task, bool hasValue, Finding finding) => !hasValue && task switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } => finding.Model.GetSymbolInfo(task, finding.CancellationToken).Symbol is IPropertySymbol { IsStatic: true },
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [] } => true,
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression) && finding.Model.GetTypeInfo(task, finding.CancellationToken).ConvertedType is { IsValueType: true },
        _ => false,
    };

    private static bool IsFromResult(InvocationExpressionSyntax call, Finding finding) =>
        finding.Model.GetSymbolInfo(call, finding.CancellationToken).Symbol is IMethodSymbol { Name: "FromResult", ContainingType: var type }
        && (type.IsNamed("System.Threading.Tasks", nameof(Task)) || type.IsNamed("System.Threading.Tasks", "ValueTask"));

    private static bool HasComment(SyntaxNode node) =>
        node.GetLeadingTrivia().Concat(node.GetTrailingTrivia()).Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
