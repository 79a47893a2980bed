using Overseer.Stores;

namespace Overseer.Simulation.Tests;

internal sealed partial class History
{
    public void Began(JobLease lease, CancellationToken token)
    {
        verb = $"start {lease.Run}-{lease.Job}:{lease.Number}";
        Note(verb);
        Starts++;
        var job = Track(lease.Run, lease.Job)!;
        if (!job.Handlers.TryAdd(lease, (token, true))) Break(Promise.OneHolder, $"A handler of job {job} starts twice under lease {lease.Number}.");
        if (lease.Number > job.LargestLease) Break(Promise.OneHolder, $"A handler of job {job} starts under a lease that nobody gave.");
        if (job.Handlers.Count > 1 + job.PutBacks) Break(Promise.OneHolder, $"Handler {job.Handlers.Count} of job {job} starts, and it was put back {job.PutBacks} times.");
        if (job.Dependencies.Any(number => runs[lease.Run][number].Seen.Status != JobStatus.Finished)) Break(Promise.DependenciesFirst, $"A handler of job {job} starts.");
    }

    public void Stopped(JobLease lease, string how)
    {
        Note($"stop {lease.Run}-{lease.Job}:{lease.Number} {how}");
        var job = Track(lease.Run, lease.Job)!;
        job.Handlers[lease] = (job.Handlers[lease].Token, false);
    }

    // A process that is dead or was frozen cannot tell its handlers; any other has had a lease time to do so.
    private bool IsWarned(JobTrack job, JobLease lease)
    {
        if (!job.Handlers.TryGetValue(lease, out var handler) || !handler.IsRunning || handler.Token.IsCancellationRequested) return true;
        if (!buried.TryGetValue(lease.Worker, out var owner) || owner is null || owner.IsDead || owner.IsFrozen) return true;
        return stage.Time.Ticks - owner.FrozenAt < LongestLease.Ticks;
    }

    /// <summary>What any worker of a play has at most.</summary>
    public static readonly TimeSpan LongestLease = TimeSpan.FromSeconds(10);
}
