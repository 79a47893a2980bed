namespace Overseer.Model;

/// <summary>A rule of the store left out on purpose, to see whether it is missed.</summary>
public enum Flaw
{
    /// <summary>All rules are kept.</summary>
    None,

    /// <summary>An ending counts whatever lease it names, if only the job is started.</summary>
    EndsUnfenced,

    /// <summary>A finish counts although the job has ended.</summary>
    EndsTwice,

    /// <summary>A stale failure is refused, and yet its text is kept.</summary>
    StaleLeavesTraces,

    /// <summary>A sweep lists the jobs of dead workers, and takes back what is on the list without looking again.</summary>
    SweepsOldList,

    /// <summary>A job that was taken back from a dead worker does not count it.</summary>
    LossesUncounted,

    /// <summary>However many workers died of a job, it is put back.</summary>
    LossesUnlimited,

    /// <summary>However often a job threw, it is put back.</summary>
    AttemptsUnlimited,

    /// <summary>A job that is put back begins with lease numbers anew.</summary>
    LeaseReset,

    /// <summary>What depends on a failed or aborted job stays open.</summary>
    DependentsLeftOpen,

    /// <summary>A failed or aborted job releases its dependents as a finished one does.</summary>
    DependentsReleased,

    /// <summary>A job is reserved though it waits for others.</summary>
    WaitingIgnored,

    /// <summary>A job is reserved before its time.</summary>
    DueIgnored,

    /// <summary>A worker may hold several jobs with losses.</summary>
    SuspectsTogether,

    /// <summary>A finish lowers the count of open dependents only, so that one that is reopened later waits for ever.</summary>
    EndedNotCounted,

    /// <summary>A finish counts for its dependents what it read before others committed.</summary>
    CountsOldRead,

    /// <summary>An insert commits half of a run first.</summary>
    InsertsHalf,

    /// <summary>A retry puts back what has failed, and leaves what was aborted because of it.</summary>
    RetriesHalf,

    /// <summary>A job is reserved for a second worker while a first one holds it.</summary>
    HeldReserved,
}
