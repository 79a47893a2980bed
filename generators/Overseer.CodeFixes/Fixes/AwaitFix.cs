using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Async;
using Overseer.CodeFixes.Repairs;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS703: awaits instead of blocking, and makes the stage <c>async</c> if it is not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitFix)), Shared]
public sealed class AwaitFix() : RepairProvider(RuleId.BlockingWait)
{
    internal override async Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax wait || BlockingWait.Find(wait, finding) is not { } blocking) return [];
        if (AwaitPlace.FindFunction(wait, blocking.ThrowsAsAwait, finding) is not { } around) return [];
        AsyncFunction? function = null;
        if (!AsyncFunction.IsAsync(around) && (function = await AsyncFunction.FindAsync(around, finding).ConfigureAwait(false)) is null) return [];
        var title = function switch
        {
            null => $"Await {blocking.Task}",
            { Name: "" } => $"Make the lambda async and await {blocking.Task}",
            { Name: var name } => $"Make {name} async and await {blocking.Task}",
        };
        return [new(title, RuleId.BlockingWait, async (edited, cancellationToken) =>
        {
            var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
            function?.Apply(editor);
            editor.ReplaceNode(wait, (current, generator) => Awaits.InPlaceOf((ExpressionSyntax)current, blocking.Write((ExpressionSyntax)current, generator)));
        })];
    }
}
