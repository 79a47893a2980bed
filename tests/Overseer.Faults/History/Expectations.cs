namespace Overseer.Faults;

/// <summary>What the checker holds a scenario to.</summary>
internal sealed class Expectations
{
    /// <summary>The largest number of losses that a job may have.</summary>
    public int LossLimit { get; set; }

    /// <summary>How long after a fault a ready job may take to start: poll, lease and sweep, and what a busy machine adds.</summary>
    public TimeSpan Recovery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether all runs have to have ended.</summary>
    public bool MustBeQuiet { get; set; } = true;

    /// <summary>Whether the database's clock only ever went forward.</summary>
    public bool ClockIsSteady { get; set; } = true;

    /// <summary>How many answered inserts may be gone, as after a failover to a standby that was behind.</summary>
    public int MayLoseRuns { get; set; }

    /// <summary>The most handlers that each worker may run at once.</summary>
    public Dictionary<string, int> Concurrency { get; } = [];

    /// <summary>The most deadlocks that the server may have resolved.</summary>
    public int Deadlocks { get; set; }
}
