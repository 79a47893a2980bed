using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS702: passes the token at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassTokenFix)), Shared]
public sealed class PassTokenFix() : RepairProvider(RuleId.UnusedToken)
{
    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.Around<InvocationExpressionSyntax>() is not { } call || finding.Property(UnusedTokenAnalyzer.TokenProperty) is not { Length: > 0 } token) return Give();
        if (Write(call, token, finding) is not { } argument) return Give();
        return Give(new Repair($"Pass {token}", RuleId.UnusedToken, async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
            editor.ReplaceNode(call, (current, _) => Pass((InvocationExpressionSyntax)current, argument));
        }));
    }

    /// <summary>The argument: by its place if that is next, else by name; null if the other method has parameters that the call leaves out.</summary>
    private static ArgumentSyntax? Write(InvocationExpressionSyntax call, string token, Finding finding)
    {
        if (finding.Model.GetSymbolInfo(call, finding.CancellationToken).Symbol is not IMethodSymbol method) return null;
        var name = finding.Property(UnusedTokenAnalyzer.ParameterProperty);
        var own = method.Parameters.FirstOrDefault(parameter => parameter.Name == name && parameter.Type.IsToken());
        var arguments = call.ArgumentList.Arguments;
        var value = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token));
        if (arguments.Count == (own?.Ordinal ?? method.Parameters.Length) && arguments.All(argument => argument.NameColon is null)) return value;
        if (own is null && arguments.Count < method.Parameters.Length) return null;
        var colon = SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space);
        return value.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(SyntaxFactory.ParseToken(Identifiers.Escape(name))), colon));
    }

    private static InvocationExpressionSyntax Pass(InvocationExpressionSyntax call, ArgumentSyntax argument) =>
        call.WithArgumentList(call.ArgumentList.WithArguments(Lines.Append(call.ArgumentList.Arguments, argument)));
}
