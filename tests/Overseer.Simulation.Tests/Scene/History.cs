using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>Looks at all jobs after each verb that was carried out, and writes down the first promise that is broken.</summary>
/// <param name="stage">Tells the time.</param>
/// <param name="store">What is looked at.</param>
/// <param name="lossLimit">The losses at which a job fails.</param>
/// <param name="isTold">Whether to write down all that happens.</param>
internal sealed partial class History(Stage stage, IJobStore store, int lossLimit, bool isTold)
{
    private readonly Dictionary<string, JobGraph> planned = [];

    private readonly Dictionary<RunId, JobTrack[]> runs = [];

    private readonly Dictionary<WorkerId, (Actor? Owner, long BeatAt, long LeaseTime)> alive = [];

    private readonly Dictionary<WorkerId, Actor?> buried = [];

    private readonly List<string>? lines = isTold ? [] : null;

    private string verb = "";

    /// <summary>The first promise that was broken.</summary>
    public (Promise Promise, string What)? Breach { get; private set; }

    public IReadOnlyList<string> Lines => lines ?? [];

    public int Starts { get; private set; }

    public int Losses { get; private set; }

    public int Stale { get; private set; }

    public IEnumerable<RunId> Runs => runs.Keys;

    public bool HasAll => runs.Count == planned.Count;

    public bool AllEnded => HasAll && runs.Values.All(jobs => jobs.All(job => !job.IsOpen));

    /// <summary>The lease that counts now.</summary>
    public JobLease HolderOf(JobLease lease) => Track(lease.Run, lease.Job)?.Holder ?? lease;

    /// <summary>A run that is going to be inserted.</summary>
    public void Plan(JobGraph graph) => planned.Add(graph.Key!, graph);

    public void Note(string line) => lines?.Add($"{stage.Time.Elapsed.TotalSeconds,8:0.000} {line}");

    public void Break(Promise promise, string what)
    {
        Note($"{promise} is broken: {what}");
        Breach ??= (promise, $"{verb}: {what}");
    }

    /// <summary>What is there when all is over.</summary>
    public void Close(IReadOnlyCollection<string> answered)
    {
        verb = "at the end";
        foreach (var key in answered.Where(key => Find(key) is null)) Break(Promise.InsertedWhole, $"Run '{key}' was answered, and is not there.");
        if (!HasAll && answered.Count == planned.Count) Break(Promise.InsertedWhole, "A run is missing.");
        foreach (var job in runs.Values.SelectMany(jobs => jobs).Where(job => job.IsOpen)) Break(Promise.AllEnd, $"Job {job} has not ended.");
        foreach (var jobs in runs.Values)
        {
            foreach (var job in jobs.Where(job => job.Seen.Status == JobStatus.Finished && job.Dependencies.Any(number => jobs[number].Seen.Status != JobStatus.Finished)))
                Break(Promise.DependenciesFirst, $"Job {job} finished, and not all it depends on.");
        }
    }

    // As every store keeps times.
    private long Milliseconds => stage.Time.Ticks / TimeSpan.TicksPerMillisecond;

    private JobTrack? Track(RunId run, int number) => runs.TryGetValue(run, out var jobs) && number < jobs.Length ? jobs[number] : null;

    private Run? Find(string key) => store.FindRunAsync(key).GetAwaiter().GetResult();

    // Whatever its insert answered: a run is known from when it is seen.
    private void FindNewRuns()
    {
        foreach (var (key, graph) in planned)
        {
            if (runs.Count == planned.Count || Find(key) is not { } run || runs.ContainsKey(run.Id)) continue;
            var jobs = List(run.Id);
            if (jobs.Count != graph.Jobs.Length) Break(Promise.InsertedWhole, $"Run {run.Id} has {jobs.Count} of {graph.Jobs.Length} jobs.");
            runs.Add(run.Id, [.. jobs.Select((job, number) => new JobTrack(job, [.. graph.Edges.Where(edge => edge.Dependent == number).Select(edge => edge.Dependency)]))]);
        }
    }

    private IReadOnlyList<Job> List(RunId run) => store.ListJobsAsync(run).GetAwaiter().GetResult();
}
