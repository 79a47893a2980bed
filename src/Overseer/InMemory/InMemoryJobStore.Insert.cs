using Overseer.Stores;

namespace Overseer;

public sealed partial class InMemoryJobStore
{
    /// <inheritdoc/>
    public Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default)
    {
        InsertAnswer answer;
        lock (gate)
        {
            answer = FindExisting(graph) is { } run ? new InsertAnswer(run.Id, AlreadyExisted: true) : new InsertAnswer(Insert(graph), AlreadyExisted: false);
        }

        if (!answer.AlreadyExisted) pulse.Signal(clock);
        return Task.FromResult(answer);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default)
    {
        var answers = new List<InsertAnswer>(graphs.Count);
        lock (gate)
        {
            try
            {
                foreach (var graph in graphs)
                    answers.Add(FindExisting(graph) is { } run ? new InsertAnswer(run.Id, AlreadyExisted: true) : new InsertAnswer(Insert(graph), AlreadyExisted: false));
            }
            catch
            {
                foreach (var answer in Enumerable.Reverse(answers).Where(answer => !answer.AlreadyExisted)) Remove(runs[answer.Run]);
                throw;
            }
        }

        if (answers.Any(answer => !answer.AlreadyExisted)) pulse.Signal(clock);
        return Task.FromResult<IReadOnlyList<InsertAnswer>>(answers);
    }

    // Nobody has seen it: it was inserted under this very lock.
    private void Remove(MemoryRun run)
    {
        runs.Remove(run.Id);
        if (run.Key is not null) runsByKey.Remove(run.Key);
        foreach (var job in run.Jobs)
        {
            jobsByName.Remove(job.Id.Value);
            TakeOut(job);
        }
    }

    private RunId Insert(JobGraph graph)
    {
        var run = new MemoryRun(new RunId(runs.Count + 1), graph, Now());
        // A graph that was not checked may name two jobs alike; found here, before anything of it is in.
        if (graph.Jobs.Where(job => job.Id.IsAssigned).GroupBy(job => job.Id).FirstOrDefault(jobs => jobs.Skip(1).Any()) is { } twice)
            throw new ArgumentException($"Job id '{twice.Key}' is used twice. Ids are unique in a store.", nameof(graph));
        runs.Add(run.Id, run);
        if (run.Key is not null) runsByKey.Add(run.Key, run);
        foreach (var job in run.Jobs)
        {
            if (graph.Jobs[job.Number].Id.IsAssigned) jobsByName.Add(job.Id.Value, job);
            AddIfReady(job);
        }

        return run.Id;
    }

    private MemoryRun? FindExisting(JobGraph graph)
    {
        if (graph.Key is { } key && runsByKey.TryGetValue(key, out var withKey))
        {
            return graph.Options.UseExistingRun || withKey.Fingerprint.Span.SequenceEqual(graph.Fingerprint.Span)
                ? withKey
                : throw new JobConflictException(key, withKey.Id);
        }

        var taken = graph.Jobs.Where(job => job.Id.IsAssigned && jobsByName.ContainsKey(job.Id.Value)).ToList();
        if (taken.Count == 0) return null;
        var run = jobsByName[taken[0].Id.Value].Run;
        // A job without an id of its own would be lost if only the others were looked at.
        var isSame = taken.Count == graph.Jobs.Length
            ? taken.All(job => jobsByName[job.Id.Value] is var known && known.Run == run && known.Type == job.Type && known.Args == job.Args)
                && HasSameDependencies(run, graph)
            : run.Fingerprint.Span.SequenceEqual(graph.Fingerprint.Span);
        // A key that the run does not have would be lost with the insert.
        isSame &= graph.Key is null || graph.Key == run.Key;
        return isSame ? run : throw new JobConflictException([.. taken.Select(job => job.Id)]);
    }

    private bool HasSameDependencies(MemoryRun run, JobGraph graph)
    {
        var known = graph.Jobs.Select(job => jobsByName[job.Id.Value]).ToList();
        var wanted = graph.Edges.Select(edge => (known[edge.Dependency].Number, known[edge.Dependent].Number));
        var stored = known.SelectMany(job => run.DependenciesOf(job).ToArray(), (job, dependency) => (dependency, job.Number));
        return wanted.ToHashSet().SetEquals(stored);
    }
}
