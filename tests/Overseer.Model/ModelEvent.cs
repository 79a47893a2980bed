using Overseer.Stores;

namespace Overseer.Model;

/// <summary>One thing that happens to a store: the verbs of <see cref="IJobStore"/>, and time.</summary>
public abstract record ModelEvent
{
    /// <summary>Answered by one <see cref="InsertAnswer"/> each, or by a <see cref="JobConflictException"/>.</summary>
    public sealed record Insert(IReadOnlyList<JobGraph> Graphs) : ModelEvent;

    public sealed record Register(WorkerRegistration Worker) : ModelEvent;

    /// <summary>Answered by a <see cref="BeatAnswer"/>.</summary>
    public sealed record Beat(WorkerId Worker, IReadOnlyCollection<JobLease> Held) : ModelEvent;

    public sealed record Retire(WorkerId Worker) : ModelEvent;

    /// <summary>Answered by a list of <see cref="ReservedJob"/>s.</summary>
    public sealed record Reserve(ReserveRequest Request) : ModelEvent;

    /// <summary>Answered by <see cref="EndedJobs"/>.</summary>
    public sealed record EndJobs(IReadOnlyList<JobEnding> Endings, ReserveRequest? HandOver = null) : ModelEvent;

    /// <summary>Answered by a <see cref="SweepAnswer"/>.</summary>
    public sealed record Sweep(int LossLimit, int Page) : ModelEvent;

    /// <summary>Answered by the number of cancelled jobs.</summary>
    public sealed record CancelRun(RunId Run) : ModelEvent;

    /// <summary>Answered by whether the job was open.</summary>
    public sealed record CancelJob(RunId Run, int Number) : ModelEvent;

    /// <summary>Answered by the number of reopened jobs.</summary>
    public sealed record RetryFailed(RunId Run) : ModelEvent;

    public sealed record Pass(DateTimeOffset Until) : ModelEvent;
}
