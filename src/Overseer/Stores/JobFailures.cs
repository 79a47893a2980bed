namespace Overseer.Stores;

/// <summary>What a store itself says about a job that did not end by its handler.</summary>
public static class JobFailures
{
    /// <summary>The failure of a job whose workers died too often.</summary>
    /// <param name="losses">How many of them died.</param>
    public static JobFailure WorkerLost(int losses) =>
        new($"{losses} {(losses == 1 ? "worker" : "workers")} died or stopped answering while they held this job. Find out what it does to its process, then retry it.");

    /// <summary>The failure of a job that was closed because a dependency did not finish; made when it is read, never stored.</summary>
    /// <param name="type">The type of the dependency.</param>
    /// <param name="id">The id of the dependency.</param>
    /// <param name="status">How the dependency ended.</param>
    /// <param name="reason">Why the dependency ended so.</param>
    public static JobFailure DependencyEnded(string type, JobId id, JobStatus status, JobReason? reason) =>
        new($"Dependency {type} ({id}) {(status == JobStatus.Failed ? "failed" : "was aborted")}: {reason?.ToWord()}.");
}
