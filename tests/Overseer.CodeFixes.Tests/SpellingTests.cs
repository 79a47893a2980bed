using Microsoft.CodeAnalysis.CodeFixes;
using Overseer.Analyzers.Tests.Spellings;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>However a handler is spelled, the first fix that is offered removes its diagnostic, leaves no other behind, and compiles.</summary>
public sealed partial class SpellingTests
{
    public static TheoryData<string, string> Fixable =>
    [
        .. from id in Providers.All.SelectMany(provider => provider.FixableDiagnosticIds).Where(Snippets.All.ContainsKey).Order(StringComparer.Ordinal)
           from spelling in Spelling.All
           where spelling.Write(Snippets.All[id].Fires) is not null
           select new TheoryDataRow<string, string>(id, spelling.Name),
    ];

    [Theory]
    [MemberData(nameof(Fixable))]
    public async Task Each_fix_holds_in_every_spelling(string id, string spelling)
    {
        var written = Spelling.All.Single(candidate => candidate.Name == spelling).Write(Snippets.All[id].Fires)!;
        var solution = Sandbox.Open([.. written.AllFiles.Select(Unmarked)], written.Library);
        var found = Assert.Single(await Sandbox.AnalyzeAsync(solution));
        Assert.Equal(id, found.Id);
        CodeFixProvider provider = Providers.All.Single(candidate => candidate.FixableDiagnosticIds.Contains(id));
        var changed = await Sandbox.FixAsync(solution, found, provider);
        Assert.NotNull(changed);
        var left = await Sandbox.AnalyzeAsync(changed);
        if (left.Count > 0) Assert.Fail(string.Join('\n', left.Select(diagnostic => diagnostic.ToString()).Concat(await Sandbox.TextsAsync(changed))));
    }

    private static string Unmarked(string code) => Mark().Replace(code, "");

    [System.Text.RegularExpressions.GeneratedRegex(@"\{\|\w+:|\|\}")]
    private static partial System.Text.RegularExpressions.Regex Mark();
}
