using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Overseer.Stores;
using Xunit;

namespace Overseer.Tests.Worker;

/// <summary>A store, a client and a worker with short intervals, for one test.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TestWorker(IJobStore store, JobHandlerMap handlers, ServiceProvider services)
    {
        Store = store;
        Client = new OverseerClient(store, handlers);
        this.services = services;
    }

    public IJobStore Store { get; }

    public OverseerClient Client { get; }

    public OverseerWorker Worker { get; private set; } = null!;

    public LogLines Log { get; private init; } = null!;

    public ReportList Reports { get; private init; } = null!;

    public static OverseerOptions Options(Action<OverseerOptions>? configure = null)
    {
        var options = new OverseerOptions
        {
            Concurrency = 4,
            DetectorSleep = TimeSpan.FromMilliseconds(5),
            IdleSleep = TimeSpan.FromMilliseconds(50),
            HeartbeatSleep = TimeSpan.FromMilliseconds(100),
            HeartbeatTolerance = 100,
        };
        configure?.Invoke(options);
        return options;
    }

    public static async Task<TestWorker> StartAsync(
        JobHandlerMap handlers, Action<OverseerOptions>? configure = null, IJobStore? store = null, Action<IServiceCollection>? register = null)
    {
        var log = new LogLines();
        var reports = new ReportList();
        var collection = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(log)
            .AddSingleton<IFailureReporter>(reports);
        register?.Invoke(collection);
        var test = new TestWorker(store ?? new InMemoryJobStore(), handlers, collection.BuildServiceProvider()) { Log = log, Reports = reports };
        test.Worker = await OverseerWorker.StartAsync(test.Store, handlers, test.services, Options(configure), TestContext.Current.CancellationToken);
        return test;
    }

    public static JobHandlerMap Handle(string type, Func<JobContext, CancellationToken, Task> process) => new JobHandlerMap().With(type, process);

    public Task<RunHandle> InsertAsync(JobGraph graph) => Client.TransactAsync(graph, TestContext.Current.CancellationToken);

    public async Task<RunOutcome> RunAsync(JobGraph graph) => await WaitAsync(await InsertAsync(graph));

    public Task<RunOutcome> RunAsync(params Job[] jobs) => RunAsync(JobGraph.Of(jobs));

    public async Task<Job> RunOneAsync(Job job)
    {
        var run = await InsertAsync(JobGraph.Of(job));
        await WaitAsync(run);
        return await JobAsync(run);
    }

    public async Task<Job> JobAsync(RunHandle run, int number = 0) =>
        (await Store.GetJobAsync(JobId.For(run.Id, number), TestContext.Current.CancellationToken))!;

    public static Task<RunOutcome> WaitAsync(RunHandle run) => run.WaitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await services.DisposeAsync();
        await Store.DisposeAsync();
    }
}
