namespace Overseer.Simulation.Tests;

/// <summary>What is wrong with transactions on purpose.</summary>
internal enum TableFlaw
{
    None,

    /// <summary>A finish reads before it has locked, and writes a count from what it read.</summary>
    ReadsFirst,

    /// <summary>There is no count: a finish asks whether no other dependency is open, and sees only what is committed.</summary>
    AsksForOthers,

    /// <summary>A cancellation locks in the other order.</summary>
    LocksBackwards,

    /// <summary>A cancellation takes for open what it read before it had the locks.</summary>
    CancelsOldRead,

    /// <summary>Whoever adds a dependent does not lock what it depends on.</summary>
    AddsUnlocked,

    /// <summary>A finish lists the dependents before it locks the job.</summary>
    ListsFirst,
}
