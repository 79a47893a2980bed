using Overseer.Stores;

namespace Overseer;

/// <summary>Writes a graph as the run that is in its way was written when job types and members had other names: if it is the same graph, the store then sees that it is.</summary>
internal sealed class StoredGraph(IJobStore store, JobHandlerMap handlers)
{
    /// <returns>The graph with the run's names; null if it differs from the run by more than names, or not by names at all.</returns>
    public async Task<JobGraph?> FindAsync(JobGraph graph, JobConflictException conflict, CancellationToken cancellationToken)
    {
        if (!graph.Jobs.Any(job => handlers.TryGet(job.Type, out var handler) && handler.HasFormerNames)) return null;
        if (conflict.Existing is not { } run)
        {
            if (await store.GetJobAsync(conflict.Ids[0], cancellationToken) is not { } first) return null;
            run = first.Run;
        }

        var stored = new Dictionary<string, Queue<Job>>(StringComparer.Ordinal);
        await foreach (var job in new RunHandle(store, run, alreadyExisted: true).JobsAsync(cancellationToken))
        {
            var key = KeyOf(job, IsChosen(job.Id));
            if (!stored.TryGetValue(key, out var jobs)) stored.Add(key, jobs = []);
            jobs.Enqueue(job);
        }

        var partners = new List<Job>();
        foreach (var job in graph.Jobs)
        {
            if (!stored.TryGetValue(KeyOf(job, job.Id.IsAssigned), out var jobs) || !jobs.TryDequeue(out var partner) || !IsSame(partner, job)) return null;
            partners.Add(partner);
        }

        return Rename(graph, partners);
    }

    /// <summary>With the names of each job's partner. Generated graphs are sorted by type name, so the order may be another one too.</summary>
    private static JobGraph Rename(JobGraph graph, List<Job> partners)
    {
        var order = Enumerable.Range(0, partners.Count).OrderBy(place => partners[place].Number).ToList();
        var placeOf = new int[order.Count];
        for (var place = 0; place < order.Count; place++) placeOf[order[place]] = place;
        return new JobGraph(
            graph.Name,
            [.. order.Select(place => new Job(partners[place].Type) { Id = graph.Jobs[place].Id, Args = partners[place].Args, MaxAttempts = graph.Jobs[place].MaxAttempts, RunAt = graph.Jobs[place].RunAt })],
            [.. graph.Edges.Select(edge => new JobEdge(placeOf[edge.Dependency], placeOf[edge.Dependent]))],
            graph.Key,
            graph.Options);
    }

    private bool IsSame(Job stored, Job job) =>
        handlers.TryGet(stored.Type, out var handler) && handler.Type == job.Type
        && (stored.Args == job.Args || (stored.Args is not null && handler.WithPresentNames(stored.Args) == job.Args));

    // Jobs of one type keep their order among each other, whatever the type is called.
    private string KeyOf(Job job, bool byId) => byId ? "id " + job.Id : "type " + (handlers.TryGet(job.Type, out var handler) ? handler.Type : job.Type);

    private static bool IsChosen(JobId id) => !JobId.TryParse(id.Value, out _, out _);
}
