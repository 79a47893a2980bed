namespace Overseer.Simulation.Tests;

/// <summary>Something around the engine that is wrong on purpose, to see whether it is missed.</summary>
internal enum Twist
{
    None,

    /// <summary>Nobody watches whether the beats land.</summary>
    BeatsUnwatched,

    /// <summary>A beat always says that the worker is alive and has lost nothing.</summary>
    DeathHidden,

    /// <summary>What was given by an answer that was lost is never given back.</summary>
    LostGiftsKept,

    /// <summary>A process that is started again has the id of the one before it.</summary>
    IdsReused,

    /// <summary>The store tells a worker of a beat that it landed, and does not keep it.</summary>
    BeatsDropped,

    /// <summary>A stale ending is told under the lease that counts now.</summary>
    LeasesForged,

    /// <summary>An insert is told as done, and is not.</summary>
    InsertsForgotten,
}
