using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>Whatever is given to a client or comes out of a handler is refused with the thing, the rule and the remedy, or comes back equal; and an outcome is recorded.</summary>
public abstract partial class InputTests : IAsyncLifetime
{
    protected const int MaxPayloadBytes = 4096;

    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();

    private IJobStore store = null!;
    private OverseerWorker? worker;

    protected abstract Task<IJobStore> OpenAsync();

    public virtual async ValueTask InitializeAsync() => store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (worker is not null) await worker.DisposeAsync();
        await store.DisposeAsync();
        await services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A client, and a worker that runs what it inserts.</summary>
    private async Task<OverseerClient> StartAsync(JobHandlerMap handlers)
    {
        var options = new OverseerOptions
        {
            Concurrency = 4,
            DetectorSleep = TimeSpan.FromMilliseconds(2),
            IdleSleep = TimeSpan.FromMilliseconds(10),
            MaxPayloadBytes = MaxPayloadBytes,
            HeartbeatSleep = TimeSpan.FromSeconds(5),
        };
        worker = await OverseerWorker.StartAsync(store, handlers, services, options);
        return new OverseerClient(store, handlers, options);
    }

    private async Task<IReadOnlyList<Job>> RunAsync(OverseerClient client, params Job[] jobs)
    {
        var run = await client.TransactAsync(JobGraph.Of(jobs));
        await run.WaitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return await store.ListJobsAsync(run.Id);
    }

    private static JobHandlerMap Echo<T>(JobHandlerMap? handlers = null, string type = "echo") => (handlers ?? new JobHandlerMap()).With<T, T>(type, (_, args, _) => Task.FromResult(args));

    /// <summary>What a refused graph says: never nothing, and in a length that a log can take.</summary>
    private static string Said(JobGraphException error)
    {
        Assert.InRange(error.Message.Length, 20, 20_000);
        return Assert.Single(error.Problems).Message;
    }

    private static T? Read<T>(string? json) => json is null ? default : JsonSerializer.Deserialize<T>(json, Options);

    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true };
}
