using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>What every store promises, by the rules of <see cref="IJobStore"/>. A store passes by deriving from this.</summary>
public abstract partial class StoreTests : IAsyncLifetime
{
    protected static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero));

    protected IJobStore Store { get; private set; } = null!;

    /// <summary>A new, empty store that was not installed yet.</summary>
    protected abstract IJobStore Open(TimeProvider clock);

    [Fact]
    public void A_container_can_dispose_of_a_store_without_waiting_for_a_task()
    {
        using var services = new ServiceCollection().AddSingleton(_ => Open(Clock)).BuildServiceProvider();
        Assert.NotSame(Store, services.GetRequiredService<IJobStore>());
    }

    public virtual async ValueTask InitializeAsync()
    {
        Store = Open(Clock);
        await Store.InstallAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Jobs as <c>"type: dependency, dependency"</c>; a job's number is its place, and a type is there once.</summary>
    protected static JobGraph Graph(params string[] jobs) => KeyedGraph(key: null, options: null, jobs);

    protected static JobGraph KeyedGraph(string? key, RunOptions? options, params string[] jobs)
    {
        var builder = new JobGraphBuilder("Test");
        var known = new Dictionary<string, Job>();
        foreach (var (type, _) in jobs.Select(Parse)) known.Add(type, builder.Add(Job.FromJson(type, $$"""{"of":"{{type}}"}""")));
        foreach (var (type, dependencies) in jobs.Select(Parse))
        {
            foreach (var dependency in dependencies) builder.DependsOn(known[type], known[dependency]);
        }

        return builder.Build(key, options);
    }

    protected async Task<RunId> InsertAsync(params string[] jobs) => (await Store.InsertAsync(Graph(jobs))).Run;

    protected async Task<RunId> InsertAsync(JobGraph graph) => (await Store.InsertAsync(graph)).Run;

    protected async Task<WorkerId> StartWorkerAsync(TimeSpan? leaseTime = null, string label = "worker")
    {
        var worker = WorkerId.New();
        await Store.RegisterWorkerAsync(new WorkerRegistration(worker, label, leaseTime ?? LeaseTime));
        return worker;
    }

    protected Task<IReadOnlyList<ReservedJob>> ReserveAsync(WorkerId worker, int slots, params string[] types) =>
        Store.ReserveAsync(new ReserveRequest(worker, [.. types.Select(type => new ReserveType(type, []))], slots));

    protected Task<IReadOnlyList<ReservedJob>> PrefetchAsync(WorkerId worker, int slots, int prefetch, params string[] types) =>
        Store.ReserveAsync(new ReserveRequest(worker, [.. types.Select(type => new ReserveType(type, []))], slots, prefetch));

    protected async Task<JobLease> StartAsync(WorkerId worker, string type) => Assert.Single(await ReserveAsync(worker, 1, type)).Lease;

    protected async Task<EndAnswer> EndAsync(JobEnding ending) => Assert.Single(await Store.EndAsync([ending]));

    protected Task<EndAnswer> FinishAsync(JobLease lease, string? result = null) => EndAsync(new JobEnding.Finish(lease, result));

    protected Task<EndAnswer> FailAsync(JobLease lease, JobReason reason = JobReason.Exception) => EndAsync(new JobEnding.Fail(lease, reason, Boom));

    protected Task<EndAnswer> AbortAsync(JobLease lease, JobReason reason = JobReason.Abort) => EndAsync(new JobEnding.Abort(lease, reason, Boom));

    protected Task<EndAnswer> SnoozeAsync(JobLease lease, TimeSpan delay, int limit = 1000) =>
        EndAsync(new JobEnding.Postpone(lease, PostponeKind.Snooze, delay, limit, Boom));

    protected Task<EndAnswer> FaultAsync(JobLease lease, TimeSpan? delay, int limit = 20) =>
        EndAsync(new JobEnding.Postpone(lease, PostponeKind.Fault, delay, limit, Boom));

    protected static JobFailure Boom { get; } = new("boom", "System.InvalidOperationException", "at Here()\nat There()");

    /// <summary>Runs a job to its end on a worker of its own.</summary>
    protected async Task RunAsync(string type, Func<JobLease, Task<EndAnswer>> end)
    {
        var worker = await StartWorkerAsync();
        Assert.True((await end(await StartAsync(worker, type))).Accepted);
        await Store.RetireWorkerAsync(worker);
    }

    /// <summary>Lets the worker's lease run out, and takes back what it held.</summary>
    protected async Task<SweepAnswer> LoseAsync(WorkerId worker, int lossLimit = 3)
    {
        Clock.Advance(LeaseTime + TimeSpan.FromMilliseconds(1));
        Assert.True((await Store.BeatAsync(worker, [])).IsAlive, "The worker is dead already.");
        Clock.Advance(LeaseTime + TimeSpan.FromMilliseconds(1));
        return await Store.SweepAsync(lossLimit, 100);
    }

    protected async Task<Job> JobAsync(RunId run, int number)
    {
        var job = await Store.GetJobAsync(JobId.For(run, number));
        Assert.NotNull(job);
        return job;
    }

    protected async Task<Run> RunAsync(RunId run)
    {
        var found = await Store.GetRunAsync(run);
        Assert.NotNull(found);
        return found;
    }

    /// <summary>The jobs of a run as words: <c>"failed:exception aborted:dependency_failed unstarted"</c>.</summary>
    protected async Task<string> StatusesAsync(RunId run) =>
        string.Join(' ', (await Store.ListJobsAsync(run, limit: int.MaxValue)).Select(Word));

    private static string Word(Job job) => job.Reason is { } reason ? $"{job.Status.ToWord()}:{reason.ToWord()}" : job.Status.ToWord();

    private static (string Type, string[] Dependencies) Parse(string job)
    {
        var parts = job.Split(':', StringSplitOptions.TrimEntries);
        return (parts[0], parts.Length == 1 ? [] : parts[1].Split(',', StringSplitOptions.TrimEntries));
    }
}
