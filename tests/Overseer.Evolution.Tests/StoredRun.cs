using Xunit;

namespace Overseer.Evolution.Tests;

/// <summary>A run in a file of its own, on which builds of an app work one after the other.</summary>
internal sealed class StoredRun : IAsyncDisposable
{
    private static readonly OverseerOptions Options = new() { DetectorSleep = TimeSpan.FromMilliseconds(5), IdleSleep = TimeSpan.FromMilliseconds(5) };

    private readonly string folder = Directory.CreateTempSubdirectory("overseer-").FullName;
    private readonly SqliteJobStore store;
    private RunHandle run = null!;

    private StoredRun() => store = new SqliteJobStore(Path.Combine(folder, "app.db"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Inserts the graph of a build as that build does.</summary>
    public static async Task<StoredRun> InsertAsync(AppBuild build)
    {
        var stored = new StoredRun();
        stored.run = await new OverseerClient(stored.store, build.Handlers).TransactAsync(build.CreateGraph(), Token);
        return stored;
    }

    /// <summary>A worker of a build runs what it can of the first jobs, which are numbered so that none depends on a later one.</summary>
    public async Task WorkAsync(AppBuild build, int jobs)
    {
        var handlers = new List<JobHandler>();
        foreach (var job in (await ReadAsync()).Take(jobs))
        {
            if (build.Handlers.TryGet(job.Type, out var handler)) handlers.Add(handler);
        }

        await WorkAsync(new JobHandlerMap(handlers.Distinct()));
    }

    /// <summary>A worker of a build runs all that it can.</summary>
    public Task WorkAsync(AppBuild build) => WorkAsync(build.Handlers);

    /// <summary>What the run has come to.</summary>
    public async Task<Ending> EndAsync() => Ending.Of((await run.GetAsync(Token)).Status, await ReadAsync());

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WorkAsync(JobHandlerMap handlers)
    {
        await using var worker = await OverseerWorker.StartAsync(store, handlers, options: Options, cancellationToken: Token);
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!HasNothingFor(handlers, await ReadAsync()))
        {
            Assert.True(DateTime.UtcNow < deadline, "The worker has not come to an end.");
            await store.WaitForChangeAsync(TimeSpan.FromMilliseconds(20), Token);
        }
    }

    /// <summary>Nothing can change any more while these are the only handlers: no job runs, and none that is ready is of a type of theirs.</summary>
    private static bool HasNothingFor(JobHandlerMap handlers, List<Job> jobs) =>
        jobs.TrueForAll(job => job.Status != JobStatus.Started && !(job is { Status: JobStatus.Unstarted, WaitingOn: 0 } && handlers.TryGet(job.Type, out _)));

    private async Task<List<Job>> ReadAsync() => [.. await store.ListJobsAsync(run.Id, cancellationToken: Token)];
}
