using Overseer.Model;
using Xunit;

namespace Overseer.Simulation.Tests;

/// <summary>Plays with something wrong on purpose: each must be caught, by the promise that it breaks. What cannot fail shows nothing.</summary>
public sealed class TwinTests(ITestOutputHelper output)
{
    private const int Most = 4000;

    private static readonly Dictionary<Flaw, Promise> Flaws = new()
    {
        [Flaw.EndsUnfenced] = Promise.LastLeaseEnds,
        [Flaw.EndsTwice] = Promise.StaleChangesNothing,
        [Flaw.StaleLeavesTraces] = Promise.StaleChangesNothing,
        [Flaw.SweepsOldList] = Promise.EndsOnce,
        [Flaw.LossesUncounted] = Promise.LossesCounted,
        [Flaw.LossesUnlimited] = Promise.LossesLimited,
        [Flaw.AttemptsUnlimited] = Promise.AttemptsLimited,
        [Flaw.LeaseReset] = Promise.LeasesRise,
        [Flaw.DependentsLeftOpen] = Promise.NothingBehindClosed,
        [Flaw.DependentsReleased] = Promise.NothingBehindClosed,
        [Flaw.WaitingIgnored] = Promise.DependenciesFirst,
        [Flaw.DueIgnored] = Promise.DueKept,
        [Flaw.SuspectsTogether] = Promise.SuspectsApart,
        [Flaw.EndedNotCounted] = Promise.CountsRight,
        [Flaw.CountsOldRead] = Promise.CountsRight,
        [Flaw.InsertsHalf] = Promise.InsertedWhole,
        [Flaw.RetriesHalf] = Promise.ClosedForCause,
        [Flaw.HeldReserved] = Promise.OneHolder,
    };

    private static readonly Dictionary<Twist, Promise> Twists = new()
    {
        [Twist.BeatsUnwatched] = Promise.HandlersWarned,
        [Twist.DeathHidden] = Promise.AllEnd,
        [Twist.LostGiftsKept] = Promise.AllEnd,
        [Twist.IdsReused] = Promise.AllEnd,
        [Twist.BeatsDropped] = Promise.OnlyDeadLose,
        [Twist.LeasesForged] = Promise.LastLeaseEnds,
        [Twist.InsertsForgotten] = Promise.InsertedWhole,
    };

    public static TheoryData<Flaw> EachFlaw => [.. Enum.GetValues<Flaw>().Where(flaw => flaw != Flaw.None)];

    public static TheoryData<string> EachTwist => [.. Enum.GetNames<Twist>().Where(name => name != nameof(Twist.None))];

    [Theory]
    [MemberData(nameof(EachFlaw))]
    public void A_store_that_leaves_out_a_rule_is_caught(Flaw flaw) => Catch(new Cast(IsModel: true, Flaw: flaw), Flaws[flaw]);

    [Theory]
    [MemberData(nameof(EachTwist))]
    public void What_is_wrong_around_the_engine_is_caught(string name) => Catch(new Cast(Twist: Enum.Parse<Twist>(name)), Twists[Enum.Parse<Twist>(name)]);

    [Fact]
    public void Each_promise_has_something_that_breaks_it() => Assert.Empty(Enum.GetValues<Promise>().Except(Flaws.Values).Except(Twists.Values));

    private void Catch(Cast cast, Promise expected)
    {
        for (var seed = 1; seed <= Most; seed++)
        {
            if (Play.Run(seed, cast).Breach is not { } breach || breach.Promise != expected) continue;
            output.WriteLine($"Seed {seed}: {breach.What}");
            return;
        }

        Assert.Fail($"{Most} plays, and {expected} was never found broken.");
    }
}
