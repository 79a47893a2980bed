using Overseer.Stores;

namespace Overseer.Postgres;

/// <summary>What finishes may hand over to the worker that told them, and what they did.</summary>
internal sealed class HandOver(ReserveRequest? request)
{
    private readonly List<ReservedJob> jobs = [];

    private readonly List<(WorkerLeases Worker, JobLease[] Leases)> batches = [];

    public ReserveRequest? Request => request;

    public IReadOnlyList<ReservedJob> Jobs => jobs;

    public int SlotsFor(WorkerId worker) => request is not null && request.Worker == worker ? request.Slots - jobs.Count : 0;

    public void Add(WorkerLeases worker, IReadOnlyList<ReservedJob> more)
    {
        jobs.AddRange(more);
        batches.Add((worker, [.. more.Select(job => job.Lease)]));
    }

    public void Abandon()
    {
        foreach (var (worker, leases) in batches) worker.Disown(leases);
    }
}
