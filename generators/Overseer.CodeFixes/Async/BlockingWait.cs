using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Analyzers;

namespace Overseer.CodeFixes.Async;

/// <summary>A call that blocks, and the task to await in its place.</summary>
/// <param name="Task">What the task is called in titles.</param>
/// <param name="Write">Writes the task, from the call as it is when its turn comes.</param>
/// <param name="ThrowsAsAwait">Whether it throws the exception of the task itself, as <c>await</c> does, and not an <c>AggregateException</c>.</param>
internal sealed record BlockingWait(string Task, Func<ExpressionSyntax, SyntaxGenerator, ExpressionSyntax> Write, bool ThrowsAsAwait = false)
{
    private const string OfTask = "the task";

    /// <summary>Null if no task can stand for it: a wait that gives up after a time, an index that is used, a receiver that may be null.</summary>
    public static BlockingWait? Find(ExpressionSyntax wait, Finding finding) => wait switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } access when !IsConditional(access) =>
            new(OfTask, (current, _) => ((MemberAccessExpressionSyntax)current).Expression),
        InvocationExpressionSyntax call when !IsConditional(call) && finding.Model.GetSymbolInfo(call, finding.CancellationToken).Symbol is IMethodSymbol method => Find(call, method, finding),
        _ => null,
    };

    private static BlockingWait? Find(InvocationExpressionSyntax call, IMethodSymbol method, Finding finding) => method.Name switch
    {
        "GetResult" => Awaited(call) is null ? null : new(OfTask, (current, _) => Awaited((InvocationExpressionSyntax)current)!, ThrowsAsAwait: true),
        "Wait" => FindWait(method),
        "WaitAll" => FindWaitFor(call, method, "WhenAll"),
        "WaitAny" => IsUsed(call) ? null : FindWaitFor(call, method, "WhenAny"),
        "Sleep" => FindSleep(call, finding),
        _ => null,
    };

    private static BlockingWait? FindWait(IMethodSymbol method) => method.Parameters.Length switch
    {
        0 => new(OfTask, (current, _) => Receiver((InvocationExpressionSyntax)current)),
        1 when method.Parameters[0].Type.IsToken() => new(OfTask, (current, _) => Rename((InvocationExpressionSyntax)current, "WaitAsync")),
        _ => null,
    };

    private static BlockingWait? FindWaitFor(InvocationExpressionSyntax call, IMethodSymbol method, string name)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => argument.NameColon is not null)) return null;
        var hasToken = method.Parameters.Length == 2 && method.Parameters[1].Type.IsToken();
        if (method.Parameters.Length != 1 && !hasToken) return null;
        if (!hasToken || arguments.Count == 1) return new($"Task.{name}", (current, _) => Rename((InvocationExpressionSyntax)current, name));
        return new($"Task.{name}", (current, _) => WaitFor((InvocationExpressionSyntax)current, name));
    }

    private static BlockingWait? FindSleep(InvocationExpressionSyntax call, Finding finding)
    {
        if (call.ArgumentList.Arguments is not [{ NameColon: null }] || finding.Compilation.GetTypeByMetadataName(typeof(Task).FullName) is not { } task) return null;
        var token = FindToken(call, finding);
        return new("Task.Delay", (current, generator) =>
        {
            var arguments = ((InvocationExpressionSyntax)current).ArgumentList;
            if (token is not null) arguments = arguments.WithArguments(Lines.Append(arguments.Arguments, SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token))));
            var delay = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Written.Type(task, generator), SyntaxFactory.IdentifierName("Delay"));
            return SyntaxFactory.InvocationExpression(delay, arguments);
        });
    }

    /// <summary>The token at hand; null in clean-up, which has to go on when the job is cancelled.</summary>
    private static string? FindToken(ExpressionSyntax call, Finding finding)
    {
        if (call.Ancestors().Any(outer => outer is CatchClauseSyntax or FinallyClauseSyntax)) return null;
        return finding.Model.GetOperation(call, finding.CancellationToken) is { } operation
            && JobCode.MemberAround(finding.Model.GetEnclosingSymbol(call.SpanStart, finding.CancellationToken)) is { } member
            ? UnusedTokenAnalyzer.FindToken(operation, member)
            : null;
    }

    /// <summary>What is before <c>.GetAwaiter().GetResult()</c>.</summary>
    private static ExpressionSyntax? Awaited(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter", Expression: var awaited } } } ? awaited : null;

    private static ExpressionSyntax Receiver(InvocationExpressionSyntax call) => ((MemberAccessExpressionSyntax)call.Expression).Expression;

    private static InvocationExpressionSyntax Rename(InvocationExpressionSyntax call, string name) => call.Expression is MemberAccessExpressionSyntax access
        ? call.WithExpression(access.WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(access.Name)))
        : call.WithExpression(SyntaxFactory.IdentifierName(name).WithTriviaFrom(call.Expression));

    /// <summary><c>Task.WhenAll(tasks).WaitAsync(token)</c>.</summary>
    private static InvocationExpressionSyntax WaitFor(InvocationExpressionSyntax call, string name)
    {
        var arguments = call.ArgumentList.Arguments;
        var tasks = Rename(call, name).WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SingletonSeparatedList(arguments[0])));
        var wait = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, tasks.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("WaitAsync"));
        return SyntaxFactory.InvocationExpression(wait, SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(arguments[1].WithoutTrivia())));
    }

    /// <summary>Whether it goes on from a <c>?</c>, so that there may be no task.</summary>
    private static bool IsConditional(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax: return true;
                case MemberAccessExpressionSyntax access: expression = access.Expression; break;
                case InvocationExpressionSyntax call: expression = call.Expression; break;
                case ElementAccessExpressionSyntax element: expression = element.Expression; break;
                case PostfixUnaryExpressionSyntax postfix: expression = postfix.Operand; break;
                default: return false;
            }
        }
    }

    private static bool IsUsed(ExpressionSyntax call) => call.Parent is not (ExpressionStatementSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax });
}
