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
        EndsWell(await rollout.EndByNewAsync());
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public async Task Old_workers_do_harm_to_new_runs_where_they_must_stop_first_and_nowhere_else(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.After);
        var endings = await rollout.EndNewRunByBothAsync();
        if (change.HarmByOld is { } harm) DoesHarm(harm, endings);
        else EndsWell([.. endings, .. await rollout.EndByOldAsync()]);
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task A_forbidden_change_does_harm_when_it_is_forced(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.After);
        if (NeedsOldWorker(change)) DoesHarm(change.Forced![..^OldGoesOn.Length], await rollout.EndByOldAsync());
        else DoesHarm(change.Forced!, await rollout.EndByNewAsync());
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task The_way_out_of_a_forbidden_change_lets_the_new_build_end_what_the_old_one_began(string title)
    {
        var change = EvolutionPage.Get(title);
        using var rollout = new Rollout(change, change.WayOut!);
        EndsWell(await rollout.EndByNewAsync());
        if (NeedsOldWorker(change)) EndsWell(await rollout.EndByOldAsync());
    }

    private static bool NeedsOldWorker(Change change) => change.Forced!.EndsWith(OldGoesOn, StringComparison.Ordinal);

    private static void EndsWell(IReadOnlyList<string> endings) => Assert.All(endings, ending => Assert.Equal(Ending.Well, ending));

    private static void DoesHarm(string harm, IReadOnlyList<string> endings)
    {
        Assert.Contains(harm, endings);
        Assert.All(endings, ending => Assert.Contains(ending, (string[])[Ending.Well, harm]));
    }
}
