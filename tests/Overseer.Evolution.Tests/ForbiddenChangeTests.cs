using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>What docs/evolution.md says of changes that are forbidden, with two builds of an app on one store.</summary>
public sealed class ForbiddenChangeTests
{
    private const string OldGoesOn = " where an old worker goes on";

    public static TheoryData<string> Titles => [.. EvolutionPage.Changes.Where(change => !change.IsAllowed).Select(change => change.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task The_change_does_harm_when_it_is_forced(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.After);
        if (NeedsOldWorker(change)) Endings.AreHarmed(change.Forced![..^OldGoesOn.Length], await rollout.EndByOldAsync());
        else Endings.AreHarmed(change.Forced!, await rollout.EndByNewAsync());
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task The_way_out_lets_the_new_build_end_what_the_old_one_began(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.WayOut!);
        Endings.AreWell(await rollout.EndByNewAsync());
        if (NeedsOldWorker(change)) Endings.AreWell(await rollout.EndByOldAsync());
    }

    private static bool NeedsOldWorker(Change change) => change.Forced!.EndsWith(OldGoesOn, StringComparison.Ordinal);
}
