namespace Overseer;

/// <summary>Why a job is not running, or what became of it.</summary>
public enum JobCondition
{
    /// <summary>It finished.</summary>
    Finished,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was aborted.</summary>
    Aborted,

    /// <summary>A worker has it.</summary>
    Started,

    /// <summary>A worker has it that has not been heard of for longer than its lease; a sweep will take it back.</summary>
    Lost,

    /// <summary>Dependencies of it have not finished.</summary>
    WaitingForDependencies,

    /// <summary>Its dependencies have finished; one of them has so many dependents that they are released in pages, and it is not yet its turn.</summary>
    WaitingForRelease,

    /// <summary>Its time has not come.</summary>
    NotDue,

    /// <summary>It could be started, but no worker is alive.</summary>
    NoWorker,

    /// <summary>It could be started, but no worker that is alive has a handler for its type.</summary>
    NoWorkerOfType,

    /// <summary>It waits for a worker that is alive to have a free slot.</summary>
    Ready,
}
