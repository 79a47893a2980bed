namespace Overseer;

/// <summary>Why a job failed or was aborted.</summary>
public enum JobReason
{
    /// <summary>Failed: the handler, its constructor or a harness threw.</summary>
    Exception = 1,

    /// <summary>Failed: an attempt took too long.</summary>
    Timeout = 2,

    /// <summary>Failed: too many workers died while they held it.</summary>
    WorkerLost = 3,

    /// <summary>Failed: it faulted or snoozed more often than its limit.</summary>
    AttemptsExhausted = 4,

    /// <summary>Failed: its result cannot be stored exactly.</summary>
    ResultRejected = 5,

    /// <summary>Failed: its stored args, or the stored result of a dependency, cannot be read.</summary>
    Unreadable = 6,

    /// <summary>Aborted by its handler.</summary>
    Abort = 7,

    /// <summary>Aborted by its handler, silently.</summary>
    AbortSilent = 8,

    /// <summary>Aborted by an operator.</summary>
    Cancelled = 9,

    /// <summary>Aborted: it was not needed.</summary>
    Skipped = 10,

    /// <summary>Aborted because a dependency failed.</summary>
    DependencyFailed = 11,

    /// <summary>Aborted because a dependency was aborted.</summary>
    DependencyAborted = 12,
}
