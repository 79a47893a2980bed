using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Overseer.CodeFixes.Repairs;
using Overseer.CodeFixes.Stages;
using Overseer.Generators.Model;
using Overseer.Generators.Parsing;
using Overseer.Generators.Rules;

namespace Overseer.CodeFixes.Fixes;

/// <summary>OVS104: makes the missing <c>Process</c> of the method that looks like it, or adds one. Which of two to keep is for a person to say.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddStageFix)), Shared]
public sealed class AddStageFix() : RepairProvider(RuleId.StageCount)
{
    internal override async Task<IReadOnlyList<Repair>> FindAsync(Finding finding)
    {
        if (finding.FindHandler() is not { } handler || StageFinder.Find(handler, finding.Compilation).Any(stage => stage.Kind == StageKind.Process)) return [];
        var repairs = new List<Repair>();
        if (await NearStage.FindAsync(handler, finding).ConfigureAwait(false) is { } near)
            repairs.Add(new(near.Title(handler), $"{RuleId.StageCount} {near.Key}", near.ApplyAsync));
        if (NewStage.Find(handler, finding) is { } added)
            repairs.Add(new("Add Process", RuleId.StageCount + " add", added.ApplyAsync));
        return repairs;
    }
}
