using Microsoft.Extensions.Logging;
using Overseer.Stores;

namespace Overseer;

/// <summary>What every part of one worker shares.</summary>
internal sealed record WorkerParts(
    IJobStore Store, JobHandlerMap Handlers, IServiceProvider Services, OverseerOptions Options, TimeProvider Clock, ILogger Log, LeaseBook Book, WorkerProcess Process)
{
    public Pace Pace { get; } = new(Options.MaxPrefetch);

    /// <summary>Set when a slot or a place in the buffer becomes free, or trust returns.</summary>
    public WakeSignal Capacity { get; } = new();

    public Backoff NewBackoff() => new(Clock, Process.Random);
}
