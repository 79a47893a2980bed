using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Syntax;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS102: gives the second of two handlers a job type of its own: the name of its class, if another one was only copied, or a number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UniqueJobTypeFix)), Shared]
public sealed class UniqueJobTypeFix() : RepairProvider(RuleId.JobTypeClaimedTwice)
{
    internal override Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.FindHandler() is not { } handler || JobTypeArgument.Find(finding) is not { } written) return Give();
        if (finding.Model.GetConstantValue(written, finding.CancellationToken).Value is not string name) return Give();
        var numbered = JobTypeNameFix.Rename(finding, written, JobTypeNames.Numbered(name, finding), RuleId.JobTypeClaimedTwice + " number");
        var ofClass = JobTypeNames.FromClass(handler);
        return finding.IsTaken(ofClass) || !HandlerRules.IsJobTypeName(ofClass)
            ? Give(numbered)
            : Give(JobTypeNameFix.Rename(finding, written, finding.Take(ofClass), RuleId.JobTypeClaimedTwice + " class"), numbered);
    }
}
