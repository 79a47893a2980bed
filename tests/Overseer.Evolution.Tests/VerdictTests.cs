using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Overseer.Generators.Lock;
using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>What docs/evolution.md says that the compiler says.</summary>
public sealed class VerdictTests
{
    public static TheoryData<string> Titles => [.. EvolutionPage.Changes.Select(change => change.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task The_compiler_gives_the_verdict_of_the_page(string title)
    {
        var change = EvolutionPage.Get(title);
        var found = await FindAsync(change.Before, change.After);
        Assert.Equal(change.Verdict == "none" ? [] : [change.Verdict], found.Select(diagnostic => diagnostic.Id));
        if (change.IsAllowed && change.Verdict != "none")
            Assert.Equal(change.HarmByOld is not null, found[0].GetMessage(null).Contains("stop workers of older builds", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task The_way_out_is_allowed(string title)
    {
        var change = EvolutionPage.Get(title);
        if (change.WayOut is { } wayOut) Assert.All(await FindAsync(change.Before, wayOut), diagnostic => Assert.Equal("OVS603", diagnostic.Id));
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindAsync(string before, string after)
    {
        var locked = new LockFile(LockWriter.Write(LockedCode.Of(AppBuild.Compile(before))!.Model));
        return [.. (await Analysis.OfAsync(after, locked)).Where(diagnostic => diagnostic.Id.StartsWith("OVS", StringComparison.Ordinal))];
    }

    private sealed class LockFile(string text) : AdditionalText
    {
        public override string Path => "/app/overseer.lock.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
