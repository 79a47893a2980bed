using Overseer.Model;
using Xunit;

namespace Overseer.Simulation.Tests;

/// <summary>Three small worlds, visited to their ends: no order of steps breaks a rule, and from everywhere there is a way to an end.</summary>
public sealed class ExplorerTests(ITestOutputHelper output)
{
    [Fact]
    public void Leases_hold_against_zombies_and_sweeps() => Keep(new LeaseWorld());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fan_in_holds_against_failure_and_cancellation(bool fails) => Keep(TableWorlds.FanIn(TableFlaw.None, fails));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_dependent_that_is_added_while_its_dependency_ends_is_not_forgotten(bool fails) => Keep(TableWorlds.Adding(TableFlaw.None, fails));

    [Theory]
    [InlineData(Flaw.EndsUnfenced, "arrives")]
    [InlineData(Flaw.EndsTwice, "arrives")]
    [InlineData(Flaw.StaleLeavesTraces, "a stale ending changed something")]
    [InlineData(Flaw.SweepsOldList, "the sweeper takes them back")]
    [InlineData(Flaw.LossesUncounted, "a loss was not counted")]
    [InlineData(Flaw.LossesUnlimited, "has more losses than it may have")]
    [InlineData(Flaw.AttemptsUnlimited, "has more attempts than it may have")]
    [InlineData(Flaw.LeaseReset, "The lease of job")]
    [InlineData(Flaw.DependentsLeftOpen, "is open behind a failed or aborted dependency")]
    [InlineData(Flaw.DependentsReleased, "does not count")]
    [InlineData(Flaw.WaitingIgnored, "ran before all its dependencies had finished")]
    [InlineData(Flaw.HeldReserved, "from one holder to the next")]
    public void A_lease_rule_that_is_left_out_is_missed(Flaw flaw, string what) => Catch(new LeaseWorld(flaw), what);

    [Theory]
    [InlineData(nameof(TableFlaw.ReadsFirst), "does not count what it waits for")]
    [InlineData(nameof(TableFlaw.AsksForOthers), "does not count what it waits for")]
    [InlineData(nameof(TableFlaw.LocksBackwards), "there is no way to an end")]
    [InlineData(nameof(TableFlaw.CancelsOldRead), "does not count")]
    public void A_fan_in_that_leaves_out_a_rule_is_missed(string flaw, string what) => Catch(TableWorlds.FanIn(Enum.Parse<TableFlaw>(flaw), fails: false), what);

    [Theory]
    [InlineData(nameof(TableFlaw.AddsUnlocked))]
    [InlineData(nameof(TableFlaw.ListsFirst))]
    public void An_adding_that_leaves_out_a_rule_is_missed(string flaw) => Catch(TableWorlds.Adding(Enum.Parse<TableFlaw>(flaw), fails: false), "does not count what it waits for");

    private void Keep<TState>(World<TState> world)
        where TState : IEquatable<TState>
    {
        var explored = Explorer.Explore(world);
        output.WriteLine($"{explored.States} states, {explored.Transitions} transitions; all is done in {explored.Done} of them.");
        Assert.Null(explored.Breach);
    }

    private void Catch<TState>(World<TState> world, string what)
        where TState : IEquatable<TState>
    {
        var explored = Explorer.Explore(world);
        output.WriteLine($"{explored.States} states, {explored.Transitions} transitions: {explored.Breach}");
        Assert.Contains(what, explored.Breach, StringComparison.Ordinal);
    }
}
