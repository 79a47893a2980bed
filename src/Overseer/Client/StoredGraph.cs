using Overseer.Stores;

namespace Overseer;

/// <summary>Writes a graph as the run that is in its way was written when job types, members and what args consist of were others: if it is the same graph, the store then sees that it is.</summary>
internal sealed class StoredGraph(IJobStore store, JobHandlerMap handlers)
{
    /// <returns>The graph with the names and args of the run; null if the run is gone.</returns>
    /// <exception cref="JobConflictException">One of its jobs is not in the run; the message names it.</exception>
    public async Task<JobGraph?> FindAsync(JobGraph graph, JobConflictException conflict, CancellationToken cancellationToken)
    {
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
            if (!stored.TryGetValue(KeyOf(job, job.Id.IsAssigned), out var jobs) || !jobs.TryDequeue(out var partner))
                throw new JobConflictException(conflict, $"the run has no job '{job}', or one fewer");
            if (FindDifference(partner, job) is { } difference) throw new JobConflictException(conflict, $"job '{job}' has {difference} in the run");
            partners.Add(partner);
        }

        if (stored.Values.FirstOrDefault(left => left.Count > 0) is { } more) throw new JobConflictException(conflict, $"the run has one more job '{more.Peek()}'");

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

    private string? FindDifference(Job stored, Job job)
    {
        if (!handlers.TryGet(stored.Type, out var handler) || handler.Type != job.Type) return $"the type '{stored.Type}'";
        return handler.AreSameArgs(stored.Args, job.Args) ? null : "other args";
    }

    // Jobs of one type keep their order among each other, whatever the type is called.
    private string KeyOf(Job job, bool byId) => byId ? "id " + job.Id : "type " + (handlers.TryGet(job.Type, out var handler) ? handler.Type : job.Type);

    private static bool IsChosen(JobId id) => !JobId.TryParse(id.Value, out _, out _);
}
