using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS101: makes the name of a job type well formed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(JobTypeNameFix)), Shared]
public sealed class JobTypeNameFix() : RepairProvider(RuleId.JobTypeName)
{
    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.FindHandler() is not { } handler || JobTypeArgument.Find(finding) is not { } written) return Give();
        if (finding.Model.GetConstantValue(written, finding.CancellationToken) is not { HasValue: true, Value: var value }) return Give();
        return Give(Rename(finding, written, JobTypeNames.Near(value as string ?? "", handler, finding), RuleId.JobTypeName));
    }

    internal static Repair Rename(Finding finding, ExpressionSyntax written, string name, string key) => new($"Change the name to '{name}'", key, async (edited, cancellationToken) =>
    {
        var editor = await edited.EditAsync(finding.Document.Id, cancellationToken).ConfigureAwait(false);
        editor.ReplaceNode(written, Written.Literal(name).WithTriviaFrom(written));
    });
}
