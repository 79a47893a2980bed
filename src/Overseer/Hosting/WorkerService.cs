using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Overseer.Stores;

namespace Overseer;

/// <summary>Runs a worker with the host.</summary>
internal sealed class WorkerService(
    IJobStore store, JobHandlerMap handlers, IServiceProvider services, IOptions<OverseerOptions> options, IHostApplicationLifetime lifetime)
    : IHostedService, IAsyncDisposable, IDisposable
{
    private OverseerWorker? worker;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        HostShutdown.Allow(options.Value.DrainTime, services);
        try
        {
            worker = await OverseerWorker.StartAsync(store, handlers, services, options.Value, cancellationToken);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop before there was a worker: an end like any other, and no error.
            return;
        }

        // A worker ends by itself only where it was told to when its monitor fails; the host goes with it.
        _ = worker.Completion.ContinueWith(_ => lifetime.StopApplication(), TaskScheduler.Default);
    }

    public Task StopAsync(CancellationToken cancellationToken) => worker?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => worker?.DisposeAsync().AsTask().GetAwaiter().GetResult();

    public ValueTask DisposeAsync() => worker?.DisposeAsync() ?? ValueTask.CompletedTask;
}
