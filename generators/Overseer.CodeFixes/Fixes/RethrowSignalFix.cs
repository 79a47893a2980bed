using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Analyzers;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS701: lets what ends a job pass a catch-all, by a filter or by a clause before it that rethrows. A clause for just that rethrows itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RethrowSignalFix)), Shared]
public sealed class RethrowSignalFix() : RepairProvider(RuleId.SwallowedSignal)
{
    private const string Signal = "OverseerException";
    private const string Cancelled = "OperationCanceledException";
    private const string FilterKey = RuleId.SwallowedSignal + " filter";
    private const string RethrowKey = RuleId.SwallowedSignal + " rethrow";

    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.Around<CatchClauseSyntax>() is not { Parent: TryStatementSyntax attempt } clause) return Give();
        var caught = clause.Declaration is { } declaration ? finding.Model.GetTypeInfo(declaration.Type, finding.CancellationToken).Type : null;
        if (JobEnds.CaughtBy(caught) == JobEnd.Signal) return RethrownClause.CanRethrow(clause, finding.Model) ? Give(RethrowIn(clause, finding)) : Give();
        return Give(
            new Repair($"Add when ({VariableOf(clause)} is not ({Signal} or {Cancelled}))", FilterKey, async (edited, cancellationToken) =>
            {
                var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
                editor.ReplaceNode(clause, (current, _) => Filter((CatchClauseSyntax)current, VariableOf((CatchClauseSyntax)current)));
            }),
            new Repair("Rethrow what ends the job in a clause before", RethrowKey, async (edited, cancellationToken) =>
            {
                var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
                var added = FindUnnamed(attempt, clause, finding).Select(type => Rethrow(type, clause)).ToList();
                editor.InsertBefore(clause, added);
            }));
    }

    // A filter would leave nothing over for it, so it is fixed in the same way whatever is done to the others.
    private static Repair RethrowIn(CatchClauseSyntax clause, Finding finding)
    {
        var isEndReached = RethrownClause.IsEndReached(clause, finding.Model);
        return new("Rethrow what ends the job", RethrowKey, async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
            editor.ReplaceNode(clause.Block, (current, _) => RethrownClause.Rethrow((BlockSyntax)current, isEndReached));
        })
        { OtherKey = FilterKey };
    }

    private static CatchClauseSyntax Filter(CatchClauseSyntax clause, string variable)
    {
        var declaration = clause.Declaration ?? SyntaxFactory.CatchDeclaration(Name("System", nameof(Exception)));
        if (declaration.Identifier.ValueText is "")
            declaration = declaration.WithType(declaration.Type.WithTrailingTrivia(SyntaxFactory.Space)).WithIdentifier(SyntaxFactory.ParseToken(variable));
        var filter = SyntaxFactory.CatchFilterClause(IsNeither(variable)).NormalizeWhitespace().WithLeadingTrivia(SyntaxFactory.Space);
        if (clause.Filter is { } constant) return clause.WithDeclaration(declaration).WithFilter(filter.WithTriviaFrom(constant));
        // What ends the line behind the clause's head goes behind the filter.
        var end = clause.Declaration is null ? clause.CatchKeyword.TrailingTrivia : declaration.GetTrailingTrivia();
        return clause
            .WithCatchKeyword(clause.CatchKeyword.WithTrailingTrivia(SyntaxFactory.Space))
            .WithDeclaration(declaration.WithTrailingTrivia())
            .WithFilter(filter.WithTrailingTrivia(end));
    }

    // Parsed, because in a pattern the parser takes the name of a type for an expression.
    private static ExpressionSyntax IsNeither(string variable)
    {
        var condition = SyntaxFactory.ParseExpression($"{variable} is not (global::Overseer.{Signal} or global::System.{Cancelled})");
        return condition.ReplaceNodes(condition.DescendantNodes().OfType<MemberAccessExpressionSyntax>(), (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static CatchClauseSyntax Rethrow(NameSyntax type, CatchClauseSyntax before)
    {
        var end = Lines.EndOf(before);
        var block = SyntaxFactory.Block(SyntaxFactory.ThrowStatement());
        return SyntaxFactory.CatchClause(SyntaxFactory.CatchDeclaration(type), null, block)
            .NormalizeWhitespace(eol: end.ToFullString())
            .WithLeadingTrivia(before.GetLeadingTrivia())
            .WithTrailingTrivia(end)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>Those that no clause before takes.</summary>
    private static IEnumerable<NameSyntax> FindUnnamed(TryStatementSyntax attempt, CatchClauseSyntax clause, Finding finding)
    {
        var named = attempt.Catches.TakeWhile(before => before != clause)
            .Select(before => before is { Declaration: { } declaration, Filter: null } ? finding.Model.GetTypeInfo(declaration.Type, finding.CancellationToken).Type?.Name : null)
            .ToList();
        if (!named.Contains(Signal)) yield return Name("Overseer", Signal);
        if (!named.Contains(Cancelled)) yield return Name("System", Cancelled);
    }

    /// <summary>The name of the exception in a clause, or one that is free around and inside it.</summary>
    private static string VariableOf(CatchClauseSyntax clause)
    {
        if (clause.Declaration?.Identifier.ValueText is { Length: > 0 } name) return Identifiers.Escape(name);
        var around = clause.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)clause;
        var taken = around.DescendantTokens(node => node is not CatchClauseSyntax other || other == clause || clause.Ancestors().Contains(other) || clause.Contains(other))
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => token.ValueText);
        return new NameScope(taken).Take("exception");
    }

    private static NameSyntax Name(string space, string name) => SyntaxFactory.ParseName($"global::{space}.{name}").WithAdditionalAnnotations(Simplifier.Annotation);
}
