using System.Runtime.InteropServices;
using Overseer.Benchmarks.Contract;

namespace Overseer.Benchmarks.BlackBox;

/// <summary>One worker process, until it is told to stop or nothing is left to do.</summary>
internal sealed class WorkerRun(BenchStore store, BenchOptions options, Result result)
{
    public async Task RunAsync()
    {
        if (options.Has("record")) Effects.Current = await Effects.OpenAsync(store);
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var worker = await OverseerWorker.StartAsync(store.Store, JobHandlers.All, options: BenchWorker.Options(options));
        try
        {
            do await Task.Delay(200, stop.Token);
            while (!options.Has("until-idle") || !await store.IsDoneAsync());
        }
        catch (OperationCanceledException)
        {
            // Told to stop: the worker drains.
        }

        await worker.StopAsync();
        result.Add("unfinished", await store.CountUnfinishedAsync());

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
