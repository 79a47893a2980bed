using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.CodeFixes.Async;

/// <summary>Writes <c>await</c>.</summary>
internal static class Awaits
{
    /// <summary>Awaits a task that is written so.</summary>
    public static ExpressionSyntax Write(ExpressionSyntax task)
    {
        var operand = BindsLooser(task) ? SyntaxFactory.ParenthesizedExpression(task.WithoutTrivia()) : Trimmed(task);
        return SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), operand);
    }

    /// <summary>Puts an <c>await</c> where another expression is, in parentheses if what follows binds tighter.</summary>
    public static ExpressionSyntax InPlaceOf(ExpressionSyntax current, ExpressionSyntax task)
    {
        var await = Write(task);
        if (IsReceiver(current)) await = SyntaxFactory.ParenthesizedExpression(await);
        return current.CopyAnnotationsTo(await.WithTriviaFrom(current))!;
    }

    private static bool BindsLooser(ExpressionSyntax task) => task is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax
        or SwitchExpressionSyntax or WithExpressionSyntax or IsPatternExpressionSyntax or QueryExpressionSyntax or RangeExpressionSyntax;

    private static bool IsReceiver(ExpressionSyntax expression) => expression.Parent switch
    {
        MemberAccessExpressionSyntax or PostfixUnaryExpressionSyntax => true,
        ElementAccessExpressionSyntax element => element.Expression == expression,
        InvocationExpressionSyntax call => call.Expression == expression,
        ConditionalAccessExpressionSyntax access => access.Expression == expression,
        _ => false,
    };

    // The line may have ended before the dot; comments stay.
    private static ExpressionSyntax Trimmed(ExpressionSyntax task) =>
        task.GetTrailingTrivia().All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia)) ? task.WithoutTrivia() : task.WithoutLeadingTrivia();
}
