using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Overseer.Sentry.Tests;

/// <summary>What a worker reports, and what it does not.</summary>
public sealed class EngineTests
{
    private const string Canary = "canary-4711";

    [Fact]
    public async Task Failures_and_aborts_are_reported_and_silent_aborts_faults_and_snoozes_are_not()
    {
        var tries = 0;
        var handlers = new JobHandlerMap()
            .With("fail", (_, _) => throw new InvalidDataException("row 12 has no date"))
            .With("abort", (job, _) => throw job.Abort("nothing was delivered"))
            .With("silent", (job, _) => throw job.AbortSilently("nothing to do"))
            .With("fault", (job, _) => Interlocked.Increment(ref tries) == 1 ? throw job.Fault("not yet", TimeSpan.Zero) : Task.CompletedTask)
            .With("snooze", (job, _) => Interlocked.Increment(ref tries) < 4 ? throw job.Snooze(TimeSpan.Zero) : Task.CompletedTask)
            .With("after", (_, _) => Task.CompletedTask);
        var graph = JobGraph.FromTypes(new Dictionary<string, string[]>
        {
            ["abort"] = [],
            ["silent"] = [],
            ["fault"] = [],
            ["snooze"] = ["fault"],
            ["fail"] = ["snooze"],
            ["after"] = ["fail", "silent"],
        });

        var sent = await RunAsync(handlers, graph);

        Assert.Equal(
            ["abort: nothing was delivered (aborted, abort)", "fail: row 12 has no date (failed, exception)"],
            sent.Select(one => $"{one.Tags["overseer.job_type"]}: {one.Message} ({one.Tags["overseer.status"]}, {one.Tags["overseer.reason"]})").Order());
        Assert.Equal(["System.IO.InvalidDataException"], sent.Single(one => one.Tags["overseer.job_type"] == "fail").ExceptionTypes);
        Assert.All(sent, one => Assert.Equal(("1", "Types", "1"), (one.Tags["overseer.run_id"], one.Tags["overseer.graph"], one.Tags["overseer.attempt"])));
    }

    [Fact]
    public async Task Args_never_travel()
    {
        var handlers = new JobHandlerMap().With<string, Unit>("fail", (job, args, _) =>
        {
            Assert.Equal(Canary, args);
            var error = new InvalidDataException("bad args");
            error.Data["args"] = job.Args;
            throw error;
        });

        var sent = Assert.Single(await RunAsync(handlers, JobGraph.Of(Job.Create("fail", Canary))));

        Assert.Equal("bad args", sent.Message);
        Assert.DoesNotContain(Canary, sent.Envelope, StringComparison.Ordinal);
    }

    /// <summary>Runs a graph on a worker of its own; when its host is gone, all that it reports has been sent.</summary>
    private static async Task<List<SentEvent>> RunAsync(JobHandlerMap handlers, JobGraph graph)
    {
        await using var sink = await SentrySink.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddOverseer(handlers).UseInMemory().UseSentry(sink.Dsn, options => options.ShutdownTimeout = TimeSpan.FromMinutes(1)).AddWorker();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var run = await host.Services.GetRequiredService<IOverseerClient>().TransactAsync(graph, TestContext.Current.CancellationToken);
        await run.WaitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));
        await host.StopAsync(TestContext.Current.CancellationToken);
        await ((IAsyncDisposable)host).DisposeAsync();
        var sent = new List<SentEvent>();
        while (sent.Count < sink.Received) sent.Add(await sink.NextAsync());
        return sent;
    }
}
