using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>What has been seen of one job.</summary>
internal sealed class JobTrack(Job first, int[] dependencies)
{
    public int[] Dependencies { get; } = dependencies;

    /// <summary>As it was after the last verb.</summary>
    public Job Seen { get; set; } = first;

    public long LargestLease { get; set; }

    /// <summary>The lease under which it is started, if it is.</summary>
    public JobLease? Holder { get; set; }

    /// <summary>How often a dead worker's hold was taken, since it was last opened.</summary>
    public int Taken { get; set; }

    /// <summary>How often it was put back after it was given.</summary>
    public int PutBacks { get; set; }

    /// <summary>The leases under which a handler started, with its token and whether it runs still.</summary>
    public Dictionary<JobLease, (CancellationToken Token, bool IsRunning)> Handlers { get; } = [];

    public bool IsClosed => Seen.Status is JobStatus.Failed or JobStatus.Aborted;

    public bool IsOpen => Seen.Status is JobStatus.Unstarted or JobStatus.Started;

    public static bool AreSame(Job one, Job other) =>
        (one.Status, one.Reason, one.Attempt, one.Losses, one.WaitingOn, one.Result) == (other.Status, other.Reason, other.Attempt, other.Losses, other.WaitingOn, other.Result)
        && (one.RunAt, one.StartedAt, one.FinishedAt) == (other.RunAt, other.StartedAt, other.FinishedAt)
        && one.Failure == other.Failure;

    public override string ToString() => $"{Seen.Id} {Seen.Status} {Seen.Reason} attempt {Seen.Attempt}/{Seen.MaxAttempts} losses {Seen.Losses} waiting {Seen.WaitingOn} lease {LargestLease} held by {Holder?.Worker}";
}
