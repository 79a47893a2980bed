namespace Overseer.Simulation.Tests;

/// <summary>What is promised, and looked at in every play.</summary>
internal enum Promise
{
    /// <summary>A job finishes at most once, and nothing that has ended changes unless an operator asks.</summary>
    EndsOnce,

    /// <summary>Only the attempt that holds the job's last lease ends it, and what it says is heeded.</summary>
    LastLeaseEnds,

    /// <summary>Lease numbers of a job rise.</summary>
    LeasesRise,

    /// <summary>A job starts only after all its dependencies have finished.</summary>
    DependenciesFirst,

    /// <summary>Nothing runs behind what failed or was aborted, nor stays open there.</summary>
    NothingBehindClosed,

    /// <summary>What was aborted because of a dependency has one that failed or was aborted.</summary>
    ClosedForCause,

    /// <summary>Counts are what a recount gives.</summary>
    CountsRight,

    /// <summary>Attempts stay within their limit.</summary>
    AttemptsLimited,

    /// <summary>Losses stay within their limit.</summary>
    LossesLimited,

    /// <summary>Each worker that died of a job is counted once, and nothing else is.</summary>
    LossesCounted,

    /// <summary>Only a dead worker's jobs are taken from it.</summary>
    OnlyDeadLose,

    /// <summary>A stale ending, or one that is told again, changes nothing.</summary>
    StaleChangesNothing,

    /// <summary>A job is given only when nobody holds it, so that a handler runs again only after its lease was lost or given back.</summary>
    OneHolder,

    /// <summary>No job starts before its time.</summary>
    DueKept,

    /// <summary>A worker holds at most one job with losses.</summary>
    SuspectsApart,

    /// <summary>A run is there whole or not at all, and stays once its insert was answered.</summary>
    InsertedWhole,

    /// <summary>A handler hears of it before its job can be taken from a worker that could have told it.</summary>
    HandlersWarned,

    /// <summary>When the faults are over, every job ends.</summary>
    AllEnd,
}
