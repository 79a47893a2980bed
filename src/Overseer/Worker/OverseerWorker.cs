using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Overseer.Json;
using Overseer.Stores;

namespace Overseer;

/// <summary>One worker: reserves ready jobs of the types it handles, runs their handlers and records how they ended. Thread-safe.</summary>
/// <remarks>
/// <code>
///   Reserver ──► buffer ──► Slots (N handlers at once) ──► EndingWriter ──► store
///                   └─────► GiveBack (what waits too long) ────┘
///   Heartbeat: keeps the leases      Monitor: takes back what dead workers held
/// </code>
/// In a host, <see cref="OverseerBuilder.AddWorker"/> runs one. Any number of workers, on any number of machines, are equal.
/// </remarks>
public sealed class OverseerWorker : IAsyncDisposable
{
    // After the drain time a handler gets this long to honour its token before its job is given back without it.
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(3);

    private readonly WorkerParts parts;
    private readonly ReportQueue reports;
    private readonly EndingWriter endings;
    private readonly Slots slots;
    private readonly Heartbeat heartbeat;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandon = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly Channel<HeldJob> buffer = Channel.CreateUnbounded<HeldJob>();
    private readonly Task reserveLoop;
    private readonly Task monitorLoop;
    private readonly Task slotLoops;
    private readonly Task endingLoop;
    private readonly Task reportLoop;
    private Task? stop;

    private OverseerWorker(WorkerParts parts, long registered)
    {
        this.parts = parts;
        reports = new ReportQueue([.. parts.Services.GetService<IEnumerable<IFailureReporter>>() ?? []], parts.Log);
        endings = new EndingWriter(parts, reports);
        slots = new Slots(parts, buffer.Reader, endings);
        heartbeat = new Heartbeat(parts, RegisterAsync, registered);
        var reserver = new Reserver(parts, slots, buffer.Writer);
        endings.Reserver = reserver;
        var giveBack = new GiveBack(parts, slots, buffer.Reader, endings);
        var monitor = new Monitor(parts, reports, () => _ = StopAsync(CancellationToken.None));
        // What flows with whoever starts the worker, a trace or a tenant, would flow on into every job.
        using (ExecutionContext.SuppressFlow())
        {
            heartbeat.Start();
            reportLoop = parts.Process.Run(() => reports.RunAsync(abandon.Token));
            endingLoop = parts.Process.Run(() => endings.RunAsync(abandon.Token));
            slotLoops = slots.RunAsync();
            _ = parts.Process.Run(() => giveBack.RunAsync(stopping.Token));
            reserveLoop = parts.Process.Run(() => reserver.RunAsync(stopping.Token));
            monitorLoop = parts.Process.Run(() => monitor.RunAsync(stopping.Token));
        }
    }

    /// <summary>Ends when the worker has stopped, whoever stopped it.</summary>
    public Task Completion => completion.Task;

    /// <summary>Starts a worker without a host.</summary>
    /// <param name="store">The store; installed if need be, and not disposed by the worker.</param>
    /// <param name="handlers">The handlers it runs, normally the generated <c>JobHandlers.All</c>; it reserves no other jobs.</param>
    /// <param name="services">Where handlers and harnesses get their services from, a scope per attempt; also a <see cref="TimeProvider"/>, an <see cref="ILoggerFactory"/> and <see cref="IFailureReporter"/>s if there are any. Default: none.</param>
    /// <param name="options">Options. Default: <see cref="OverseerOptions"/> as it is.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running worker; dispose it to stop it.</returns>
    /// <exception cref="InvalidOperationException">Handlers ask for services that are not registered, or store types that no context describes where reflection is not used; all are listed.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Options are out of range; all are listed.</exception>
    /// <exception cref="StoreUnusableException">The store cannot be used as it is.</exception>
    public static Task<OverseerWorker> StartAsync(
        IJobStore store, JobHandlerMap handlers, IServiceProvider? services = null, OverseerOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(store, handlers, services, options, WorkerProcess.This, cancellationToken);

    internal static async Task<OverseerWorker> StartAsync(
        IJobStore store, JobHandlerMap handlers, IServiceProvider? services, OverseerOptions? options, WorkerProcess process, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(handlers);
        services ??= NoServices.Instance;
        options ??= new OverseerOptions();
        OverseerOptionsValidator.Check(options);
        ServiceCheck.Check(handlers, services);
        JsonCheck.Check(handlers);
        var clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var log = new QuietLogger(services.GetService<ILoggerFactory>()?.CreateLogger<OverseerWorker>() ?? NullLogger<OverseerWorker>.Instance);
        var parts = new WorkerParts(store, handlers, services, options, clock, log, new LeaseBook(clock, process, log), process);
        await store.InstallAsync(cancellationToken);
        var registered = clock.GetTimestamp();
        await RegisterAsync(parts, cancellationToken);
        log.WorkerStarted(parts.Book.Worker.Value, store.Name, options.Concurrency, string.Join(", ", handlers.Types));
        return new OverseerWorker(parts, registered);
    }

    /// <summary>Stops: reserves nothing more, gives back what has not started, lets running handlers finish for <see cref="OverseerOptions.DrainTime"/>, then cancels them and gives their jobs back uncounted.</summary>
    /// <param name="cancellationToken">Ends the drain time early, also that of a stop that is under way.</param>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), hurry);
        lock (gate) return stop ??= parts.Process.Run(StopOnceAsync);
    }

    /// <summary>Stops the worker, see <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static Task RegisterAsync(WorkerParts parts, CancellationToken cancellationToken)
    {
        var label = FailureText.Clean($"{Environment.MachineName}/{Environment.ProcessId}", 200);
        return parts.Store.RegisterWorkerAsync(new WorkerRegistration(parts.Book.Worker, label, parts.Options.LeaseTime) { Types = [.. parts.Handlers.Handlers.SelectMany(handler => handler.Types)] }, cancellationToken);
    }

    private Task RegisterAsync(CancellationToken cancellationToken) => RegisterAsync(parts, cancellationToken);

    private async Task StopOnceAsync()
    {
        try
        {
            await DrainAsync();
        }
        finally
        {
            heartbeat.Dispose();
            parts.Log.WorkerStopped(parts.Book.Worker.Value);
            completion.TrySetResult();
        }
    }

    private async Task DrainAsync()
    {
        parts.Log.WorkerStopping(slots.Running, parts.Options.DrainTime);
        var started = parts.Clock.GetTimestamp();
        slots.Stop();
        await parts.Process.CancelAsync(stopping);
        // A store that does not answer must not take the drain time from the handlers, nor keep the worker from stopping.
        await EndsWithinAsync(reserveLoop, CancelGrace, hurry.Token);
        buffer.Writer.TryComplete();
        var left = parts.Options.DrainTime - parts.Clock.GetElapsedTime(started);
        if (!await EndsWithinAsync(slotLoops, left > TimeSpan.Zero ? left : TimeSpan.Zero, hurry.Token))
        {
            parts.Book.CancelAll();
            if (!await EndsWithinAsync(slotLoops, CancelGrace, CancellationToken.None)) GiveBackRunning();
        }

        endings.Complete();
        if (!await EndsWithinAsync(endingLoop, CancelGrace, CancellationToken.None))
        {
            await parts.Process.CancelAsync(abandon);
            await EndsWithinAsync(endingLoop, CancelGrace, CancellationToken.None);
        }

        await EndsWithinAsync(monitorLoop, CancelGrace, CancellationToken.None);
        heartbeat.Stop();
        await RetireAsync();
        reports.Complete();
        if (!await EndsWithinAsync(reportLoop, CancelGrace, CancellationToken.None)) await parts.Process.CancelAsync(abandon);
    }

    // Handlers that ignore their token run on without their lease: whatever they do now is stale.
    private void GiveBackRunning()
    {
        foreach (var job in parts.Book.Jobs.Where(job => job.IsRunning))
        {
            parts.Log.TokenIgnored(job.Job.Id, job.Job.Type, CancelGrace);
            endings.Add(new AttemptEnd(job, new JobEnding.Release(job.Lease)));
        }
    }

    private async Task RetireAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(CancelGrace, parts.Clock);
            await parts.Process.Run(() => parts.Store.RetireWorkerAsync(parts.Book.Worker, limit.Token)).WaitAsync(limit.Token);
        }
        catch (Exception error)
        {
            // Its leases run out by themselves.
            parts.Log.RetireFailed(parts.Store.Name, error);
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan time, CancellationToken hurry)
    {
        var limit = Task.Delay(time, parts.Clock, hurry);
        await Task.WhenAny(task, limit);
        return task.IsCompleted;
    }
}
