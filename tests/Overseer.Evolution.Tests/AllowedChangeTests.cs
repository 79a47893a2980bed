using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>What docs/evolution.md promises of changes that are allowed, with two builds of an app on one store.</summary>
public sealed class AllowedChangeTests
{
    public static TheoryData<string> Titles => [.. EvolutionPage.Changes.Where(change => change.IsAllowed).Select(change => change.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task The_new_build_ends_what_the_old_one_began(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.After);
        Endings.AreWell(await rollout.EndByNewAsync());
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task Old_workers_do_harm_to_new_runs_where_they_must_stop_first_and_nowhere_else(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.After);
        var endings = await rollout.EndNewRunByBothAsync();
        if (change.HarmByOld is { } harm) Endings.AreHarmed(harm, endings);
        else Endings.AreWell([.. endings, .. await rollout.EndByOldAsync()]);
    }
}
