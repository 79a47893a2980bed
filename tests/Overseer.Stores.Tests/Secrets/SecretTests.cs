using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>One secret goes in as args, result, password and setting, through all that can go wrong; nothing that Overseer says may hold it.</summary>
public abstract class SecretTests : IAsyncLifetime
{
    private readonly List<string> ends = [];

    protected string Canary { get; } = "c4n4ry" + Guid.NewGuid().ToString("N");

    private protected Witness Witness { get; } = new();

    protected abstract Task<IJobStore> OpenAsync();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        Witness.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_worker_says_nothing_of_args_results_and_settings_however_a_job_ends()
    {
        await using var store = await OpenAsync();
        var handlers = SecretJobs.Handlers(Canary);
        var run = await new OverseerClient(store, SecretJobs.Anything(handlers, Canary)).TransactAsync(Everything());
        await LoseAsync(store);

        var host = Host(store, handlers);
        await using ((IAsyncDisposable)host)
        {
            await host.StartAsync();
            await UntilOnlyOneIsLeftAsync(run);
            var waiting = (await store.ListJobsAsync(run.Id, "wait")).Single();
            await UntilAsync(async () => (await store.GetJobAsync(waiting.Id))!.Status == JobStatus.Started);
            Assert.True(await store.CancelJobAsync(waiting.Id));
            Witness.Hear("outcome", (await run.WaitAsync().WaitAsync(TimeSpan.FromSeconds(30))).ToString());
            await HearFailuresAsync(store, run);
            await run.RetryFailedAsync();
            await UntilOnlyOneIsLeftAsync(run);
            await run.CancelAsync();
            await HearFailuresAsync(store, run);
            Witness.Hear("store", store.Name);
            await host.StopAsync();
        }

        Assert.Equal(
            [
                "abort:abort", "animal:unreadable", "animals:unreadable", "code:result_rejected", "fail:exception", "fault:attempts_exhausted", "large:result_rejected", "lost:worker_lost",
                "nan:result_rejected", "numbers:unreadable", "shape:unreadable", "silent:abort_silent", "surrogate:result_rejected", "text:", "things:unreadable", "uuid:unreadable", "wait:cancelled",
            ],
            ends.Distinct().Where(end => end != "lost:").Order(StringComparer.Ordinal));
        Assert.Contains(Witness.All, line => line.StartsWith("sentry: ", StringComparison.Ordinal) && line.Contains("The note is empty.", StringComparison.Ordinal));
        Assert.Contains(Witness.All, line => line.StartsWith("log Overseer", StringComparison.Ordinal) && line.Contains("UnreadablePayloadException", StringComparison.Ordinal));
        Witness.ShowsNothingOf(Canary);
    }

    [Fact]
    public async Task A_refused_insert_says_nothing_of_the_args()
    {
        await using var store = await OpenAsync();
        var client = new OverseerClient(store, SecretJobs.Handlers(Canary), new OverseerOptions { MaxPayloadBytes = 2000 });
        await client.TransactAsync(JobGraph.Of([Job.Create("text", new SecretJobs.Note(Canary), "one")], "key"));

        Task InsertAsync(params Job[] jobs) => client.TransactAsync(JobGraph.Of(jobs));
        await Witness.RefusedAsync<JobConflictException>("same key", () => client.TransactAsync(JobGraph.Of([Job.Create("text", new SecretJobs.Note(Canary + "2"), "one")], "key")));
        await Witness.RefusedAsync<JobConflictException>("same id", () => InsertAsync(Job.Create("text", new SecretJobs.Note(Canary + "2"), "one")));
        await Witness.RefusedAsync<JobConflictException>("some ids", () => InsertAsync(Job.Create("text", new SecretJobs.Note(Canary), "one"), Job.Create("text", new SecretJobs.Note(Canary), "two")));
        await Witness.RefusedAsync<JobGraphException>("too large", () => InsertAsync(Job.Create("text", new SecretJobs.Note(string.Concat(Enumerable.Repeat(Canary, 60))))));
        await Witness.RefusedAsync<JobGraphException>("unknown type", () => InsertAsync(Job.Create("unknown", new SecretJobs.Note(Canary))));
        await Witness.RefusedAsync<JobGraphException>("twice", () => InsertAsync(Job.Create("text", new SecretJobs.Note(Canary), "x"), Job.Create("text", new SecretJobs.Note(Canary), "x")));
        foreach (var (type, text) in SecretJobs.Misfits(Canary)) await Witness.RefusedAsync<JobGraphException>("misfit", () => InsertAsync(Job.FromJson(type, text)));
        foreach (var text in SecretJobs.NotKept(Canary)) await Witness.RefusedAsync<JobGraphException>("misfit", () => InsertAsync(Job.FromJson("text", text)));
        foreach (var text in SecretJobs.NotKept(Canary)) await Witness.RefusedAsync<JobGraphException>("misfit", () => InsertAsync(Job.FromJson("shape", text)));

        foreach (var value in new object[]
        {
            new Dictionary<string, double> { [Canary] = double.NaN }, new Dictionary<string, Action> { [Canary] = () => { } }, Canary + "\ud800",
            new Dictionary<string, object> { [Canary] = new Dictionary<string, object> { [Canary + "\ud800"] = 1 } }, Nested(Canary), Looped(Canary),
        })
        {
            await Witness.RefusedAsync<ArgumentException>(value.GetType().Name, () => Task.FromResult(Job.Create("text", value)));
        }

        Witness.ShowsNothingOf(Canary);
    }

    [Fact]
    public void What_a_worker_holds_prints_no_args_and_no_results()
    {
        var lease = new JobLease(new RunId(1), 0, WorkerId.New(), 1);
        Witness.Hear("reserved", new ReservedJob(lease, new JobId("a"), "text", "G", null, 1, 0, Canary, new Dictionary<string, string?> { ["b"] = Canary }).ToString());
        Witness.Hear("finish", new JobEnding.Finish(lease, Canary).ToString());
        Witness.Hear("job", Job.Create("text", Canary).ToString());
        Witness.ShowsNothingOf(Canary);
    }

    private JobGraph Everything()
    {
        var note = new SecretJobs.Note(Canary);
        string[] types = ["fail", "abort", "silent", "fault", "text", "nan", "code", "surrogate", "large", "wait", "lost"];
        return JobGraph.Of([.. types.Select(type => Job.Create(type, note)), .. SecretJobs.Misfits(Canary).Select(misfit => Job.FromJson(misfit.Type, misfit.Text))]);
    }

    /// <summary>A worker takes a job and is not heard of again.</summary>
    private static async Task LoseAsync(IJobStore store)
    {
        var worker = WorkerId.New();
        await store.RegisterWorkerAsync(new WorkerRegistration(worker, "lost", TimeSpan.FromMilliseconds(50)));
        Assert.Single(await store.ReserveAsync(new ReserveRequest(worker, [new ReserveType("lost", [])], 1)));
    }

    private async Task HearFailuresAsync(IJobStore store, RunHandle run)
    {
        foreach (var job in await store.ListJobsAsync(run.Id))
        {
            ends.Add($"{job.Type}:{job.Reason?.ToWord()}");
            Witness.Hear($"failure of {job.Type}", job.Failure?.ToString());
        }
    }

    private static Task UntilOnlyOneIsLeftAsync(RunHandle run) =>
        UntilAsync(async () => await run.GetAsync() is var now && now.Jobs - now.Finished - now.Failed - now.Aborted == 1);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await isSo()) await Task.Delay(10, patience.Token);
    }

    private static Dictionary<string, object> Nested(string canary) =>
        Enumerable.Range(0, 70).Aggregate(new Dictionary<string, object>(), (inner, _) => new Dictionary<string, object> { [canary] = inner });

    private static Dictionary<string, object> Looped(string canary)
    {
        var loop = new Dictionary<string, object>();
        loop.Add(canary, loop);
        return loop;
    }

    private protected IHost Host(IJobStore store, JobHandlerMap handlers)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Api:Token", Canary), new("Overseer:MaxPayloadBytes", "2000")]);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Witness);
        builder.Services.AddOverseer(handlers, options =>
            {
                options.DetectorSleep = TimeSpan.FromMilliseconds(5);
                options.IdleSleep = TimeSpan.FromMilliseconds(20);
                options.HeartbeatSleep = TimeSpan.FromMilliseconds(100);
                options.HeartbeatTolerance = 100;
                options.FaultLimit = 1;
                options.LossLimit = 1;
            })
            .UseStore(_ => store)
            .UseSentry("https://public@sentry.example/1", options =>
            {
                options.CreateHttpMessageHandler = Witness.Sentry;
                options.RequestBodyCompressionLevel = System.IO.Compression.CompressionLevel.NoCompression;
                options.RequestBodyCompressionBuffered = false;
            })
            .AddWorker();
        return builder.Build();
    }
}
