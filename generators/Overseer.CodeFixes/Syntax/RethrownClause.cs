using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Overseer.CodeFixes.Syntax;

/// <summary>A catch clause at whose end what was caught is thrown again.</summary>
internal static class RethrownClause
{
    /// <summary>Whether a <c>throw;</c> has a place there: at the end, or instead of the jump that ends it.</summary>
    public static bool CanRethrow(CatchClauseSyntax clause, SemanticModel model) =>
        IsEndReached(clause, model)
        || clause.Block.Statements.LastOrDefault() is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax;

    public static bool IsEndReached(CatchClauseSyntax clause, SemanticModel model) => model.AnalyzeControlFlow(clause.Block) is { Succeeded: true, EndPointIsReachable: true };

    public static BlockSyntax Rethrow(BlockSyntax block, bool isEndReached)
    {
        var rethrow = (StatementSyntax)SyntaxFactory.ThrowStatement();
        if (!isEndReached) return block.WithStatements(block.Statements.Replace(block.Statements.Last(), rethrow.WithTriviaFrom(block.Statements.Last())));
        var (open, close) = (block.OpenBraceToken, block.CloseBraceToken);
        if (!close.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            if (open.GetNextToken() == close) block = block.WithOpenBraceToken(open.WithTrailingTrivia(SyntaxFactory.Space));
            return block.AddStatements(rethrow.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space));
        }

        var outer = close.LeadingTrivia is { Count: > 0 } leading && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? leading[leading.Count - 1].ToString() : "";
        var inner = SyntaxFactory.Whitespace(outer + (outer.Contains('\t') ? "\t" : "    "));
        // Comments before the brace stay before what ends the block.
        var before = close.LeadingTrivia.Take(close.LeadingTrivia.Count - (outer.Length > 0 ? 1 : 0));
        return block
            .WithStatements(block.Statements.Add(rethrow.WithLeadingTrivia(before.Append(inner)).WithTrailingTrivia(Lines.EndOf(block))))
            .WithCloseBraceToken(close.WithLeadingTrivia(SyntaxFactory.Whitespace(outer)));
    }
}
