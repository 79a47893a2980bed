using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Overseer.Faults;

/// <summary>The program of a worker process: works until it is told to stop, and hears the scenario on its input.</summary>
internal static class FaultWorker
{
    private static int Signals;

    public static async Task<int> RunAsync(WorkerSettings settings)
    {
        // Full pipes must not hold up a worker whose scenario is busy.
        var output = Console.Out;
        void Say(string line)
        {
            lock (output)
            {
                output.WriteLine(line);
                output.Flush();
            }
        }

        using var history = new HistoryFile(settings.History, settings.Name);
        var breakpoints = new Breakpoints(settings.Breaks, Say);
        var gates = new Gates { Folder = Path.GetDirectoryName(settings.History)! };
        if (settings.Twin is not null) Twin.Remove(settings.Twin);
        if (settings.IdleLimit is { } limit) Twin.Replace("'30s'", $"'{limit}'");
        var handlers = StepJob.Handlers(
            settings.Types,
            (op, job) =>
            {
                history.Write(op, job.Id.Value, job.Lease.Number, $"attempt {job.Attempt}");
                Say($"{op} {job.Id.Value}");
            },
            gates);
        await using var services = WorkerServices.Build(settings, history, handlers);
        await using var store = new RecordingStore(TestStore.Open(settings.Store, settings, services.GetRequiredService<ILogger<PostgresJobStore>>()), history, breakpoints);
        await using var worker = await StartAsync();
        using var hurry = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, worker, hurry));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, worker, hurry));
        _ = Task.Run(() => Hear(breakpoints, gates, Say));
        Say("ready");
        await worker.Completion;
        history.Write("stopped");
        return 0;

        // What starts workers tries again while the database is not to be had.
        async Task<OverseerWorker> StartAsync()
        {
            while (true)
            {
                try
                {
                    return await OverseerWorker.StartAsync(store, handlers, services, settings.ToOptions());
                }
                catch (Exception error) when (settings.StartsAgain && store.IsTransient(error))
                {
                    await Task.Delay(100);
                }
            }
        }
    }

    // The second signal ends the drain time.
    private static void Stop(PosixSignalContext signal, OverseerWorker worker, CancellationTokenSource hurry)
    {
        signal.Cancel = true;
        _ = worker.StopAsync(hurry.Token);
        if (Interlocked.Increment(ref Signals) > 1) hurry.Cancel();
    }

    private static void Hear(Breakpoints breakpoints, Gates gates, Action<string> say)
    {
        while (Console.ReadLine() is { } line)
        {
            var (verb, what) = (line.Split(' ')[0], line.Split(' ')[^1]);
            switch (verb)
            {
                case "go":
                    breakpoints.Go(what);
                    break;
                case "hold":
                    breakpoints.Hold(what);
                    break;
                case "lift":
                    breakpoints.Lift(what);
                    break;
                case "open":
                    gates.Open(what);
                    break;
                case "stats":
                    GC.Collect();
                    using (var process = System.Diagnostics.Process.GetCurrentProcess())
                        say($"stats {GC.GetTotalMemory(forceFullCollection: true)} {process.WorkingSet64} {process.Threads.Count} {Directory.GetFiles("/proc/self/fd").Length}");
                    break;
                default:
                    say($"'{line}' is nothing that a worker understands.");
                    break;
            }
        }
    }
}
