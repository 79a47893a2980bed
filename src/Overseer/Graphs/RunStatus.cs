namespace Overseer;

/// <summary>The status of a run, computed from its jobs.</summary>
public enum RunStatus
{
    /// <summary>A job is unstarted or started.</summary>
    Active = 0,

    /// <summary>Every job ended, and none failed or was aborted aloud.</summary>
    Finished = 1,

    /// <summary>Every job ended, and at least one failed.</summary>
    Failed = 2,

    /// <summary>Every job ended, none failed, and one was aborted for a reason other than a silent abort or its closure.</summary>
    Aborted = 3,
}
