using Overseer.Model;
using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>A store, two workers, what they have said and was not heard yet, and the list that a sweeper has in hand.</summary>
internal sealed record LeaseState(ModelState Store, ValueList<LeaseWorker> Workers)
{
    public ValueList<JobEnding> Flight { get; init; } = [];

    public ValueList<JobLease> List { get; init; } = [];

    public int Told { get; init; }

    /// <summary>The same with other names for the workers, and times that say only what is over and what is not.</summary>
    public LeaseState Fold()
    {
        var names = new Dictionary<WorkerId, WorkerId>();
        var now = DateTimeOffset.UnixEpoch;
        var workers = Workers.Select(worker => worker with { Id = Name(worker.Id), Held = worker.Held is { } held ? Named(held) : null }).ToArray();
        var jobs = Store.Runs[0].Jobs.Select(job => job with
        {
            RunAt = now,
            StartedAt = null,
            FinishedAt = null,
            Failure = null,
            Worker = job.Worker is { } holder ? Name(holder) : null,
        }).ToArray();
        return new LeaseState(
            new ModelState(now)
            {
                Runs = [Store.Runs[0] with { Jobs = [.. jobs] }],
                Workers = [.. Store.Workers.Select(worker => worker with { Id = Name(worker.Id), BeatAt = now - Age(worker) }).OrderBy(worker => worker.Id.Value)],
            },
            [.. workers])
        {
            Flight = [.. Flight.Select(ending => ending with { Lease = Named(ending.Lease) })],
            List = [.. List.Select(Named)],
            Told = Told,
        };

        TimeSpan Age(ModelWorker worker)
        {
            var age = Store.Now - worker.BeatAt;
            return age > worker.LeaseTime ? worker.LeaseTime + TimeSpan.FromSeconds(1) : age;
        }

        WorkerId Name(WorkerId id) => names.TryGetValue(id, out var name) ? name : names[id] = new WorkerId(new Guid(names.Count + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));

        JobLease Named(JobLease lease) => lease with { Worker = Name(lease.Worker) };
    }
}

/// <summary>A worker as it sees itself.</summary>
internal sealed record LeaseWorker(WorkerId Id, JobLease? Held = null);
