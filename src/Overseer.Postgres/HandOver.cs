using Overseer.Stores;

namespace Overseer.Postgres;

/// <summary>What finishes may hand over to the worker that told them, and what they did.</summary>
internal sealed class HandOver(ReserveRequest? request)
{
    private readonly List<ReservedJob> jobs = [];

    private readonly List<(WorkerLeases Worker, long Batch, JobLease[] Leases)> batches = [];

    public ReserveRequest? Request => request;

    public IReadOnlyList<ReservedJob> Jobs => jobs;

    public int SlotsFor(WorkerId worker) => request is not null && request.Worker == worker ? request.Slots - jobs.Count : 0;

    public void Add(WorkerLeases worker, long batch, IReadOnlyList<ReservedJob> more)
    {
        jobs.AddRange(more);
        batches.Add((worker, batch, [.. more.Select(job => job.Lease)]));
    }

    public void Abandon()
    {
        foreach (var (worker, batch, leases) in batches)
        {
            worker.Remove(leases);
            worker.Doubt(batch);
        }
    }
}
