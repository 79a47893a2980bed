using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>What docs/evolution.md promises, with two builds of an app on one store.</summary>
public sealed class ChangeTests
{
    private const string OldGoesOn = " where an old worker goes on";

    public static TheoryData<string> Allowed => [.. EvolutionPage.Changes.Where(change => change.IsAllowed).Select(change => change.Title)];

    public static TheoryData<string> Forbidden => [.. EvolutionPage.Changes.Where(change => !change.IsAllowed).Select(change => change.Title)];

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task An_allowed_change_lets_the_new_build_end_what_the_old_one_began(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.After);
        Assert.All(await rollout.EndByNewAsync(), ending => Assert.Equal(Ending.Well, ending));
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task A_forbidden_change_does_harm_when_it_is_forced(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.After);
        var byOld = change.Forced!.EndsWith(OldGoesOn, StringComparison.Ordinal);
        var endings = byOld ? await rollout.EndByOldAsync() : await rollout.EndByNewAsync();
        var harm = byOld ? change.Forced[..^OldGoesOn.Length] : change.Forced;
        Assert.Contains(harm, endings);
        Assert.All(endings, ending => Assert.Contains(ending, (string[])[Ending.Well, harm]));
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task The_way_out_of_a_forbidden_change_lets_the_new_build_end_what_the_old_one_began(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.WayOut!);
        Assert.All(await rollout.EndByNewAsync(), ending => Assert.Equal(Ending.Well, ending));
        if (change.Forced!.EndsWith(OldGoesOn, StringComparison.Ordinal)) Assert.All(await rollout.EndByOldAsync(), ending => Assert.Equal(Ending.Well, ending));
    }
}
