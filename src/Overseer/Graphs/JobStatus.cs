namespace Overseer;

/// <summary>The five statuses of a job. Waiting, scheduled, ready and retrying are views of <see cref="Unstarted"/>.</summary>
public enum JobStatus
{
    /// <summary>Not running, and not ended.</summary>
    Unstarted = 0,

    /// <summary>Held by a worker under a lease.</summary>
    Started = 1,

    /// <summary>Ended well; its result is stored.</summary>
    Finished = 2,

    /// <summary>Ended badly; <see cref="Job.Reason"/> says why.</summary>
    Failed = 3,

    /// <summary>Given up by its handler, an operator, or because a dependency did not finish; <see cref="Job.Reason"/> says why.</summary>
    Aborted = 4,
}
