using Overseer.Stores;

namespace Overseer;

public sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (!workers.ContainsKey(request.Worker)) return Task.FromResult<IReadOnlyList<ReservedJob>>([]);
            var now = Now();
            var inputs = request.Types.ToDictionary(type => type.Name, type => type.Inputs, StringComparer.Ordinal);
            IReadOnlyList<ReservedJob> reserved = [.. Choose(request, inputs.Keys, now).Select(job => Reserve(job, request.Worker, inputs[job.Type], now))];
            return Task.FromResult(reserved);
        }
    }

    private List<MemoryJob> Choose(ReserveRequest request, IReadOnlyCollection<string> types, DateTimeOffset now)
    {
        var holdsLosses = held.TryGetValue(request.Worker, out var jobs) && jobs.Any(job => job.Losses > 0);
        var suspect = holdsLosses ? null : readyWithLosses.Due(types, now).FirstOrDefault();
        var limit = holdsLosses ? request.Slots : request.Slots + request.Prefetch;
        var chosen = new List<MemoryJob>();
        foreach (var job in ready.Due(types, now))
        {
            if (chosen.Count >= limit || (suspect is not null && ReadyJobs.Compare(suspect, job) < 0 && !TakeSuspect())) break;
            if (chosen.Count < limit) chosen.Add(job);
        }

        if (suspect is not null) TakeSuspect();
        return chosen;

        // In its turn, in a slot, and with no prefetch beside it; if there is no slot it waits for one, and so do those after it.
        bool TakeSuspect()
        {
            limit = request.Slots;
            if (chosen.Count >= limit) return false;
            chosen.Add(suspect);
            suspect = null;
            return true;
        }
    }

    private ReservedJob Reserve(MemoryJob job, WorkerId worker, IReadOnlyList<string> inputs, DateTimeOffset now)
    {
        TakeOut(job);
        job.Status = JobStatus.Started;
        job.Attempt++;
        job.Lease++;
        job.StartedAt = now;
        job.Worker = worker;
        if (!held.TryGetValue(worker, out var jobs)) held.Add(worker, jobs = []);
        jobs.Add(job);
        var lease = new JobLease(job.Run.Id, job.Number, worker, job.Lease);
        return new ReservedJob(lease, job.Id, job.Type, job.Run.Graph, job.Run.Key, job.Attempt, job.Losses, job.Args, InputsOf(job, inputs));
    }

    private static Dictionary<string, string?> InputsOf(MemoryJob job, IReadOnlyList<string> types)
    {
        var inputs = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (types.Count == 0) return inputs;
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        foreach (var number in job.Run.DependenciesOf(job))
        {
            var dependency = job.Run.Jobs[number];
            if (types.Contains(dependency.Type) && !inputs.TryAdd(dependency.Type, dependency.Result)) ambiguous.Add(dependency.Type);
        }

        foreach (var type in ambiguous) inputs.Remove(type);
        return inputs;
    }
}
