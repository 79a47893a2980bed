using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Overseer.Stores;

namespace Overseer;

/// <summary>One job this worker holds, from its reserve until its ending is recorded or its lease lost.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer, and a handler that outlives its lease may still look at the token.")]
internal sealed class HeldJob(ReservedJob job, long since, WorkerProcess process, ILogger log)
{
    private readonly CancellationTokenSource cancellation = new();
    private int stage;

    public ReservedJob Job { get; } = job;

    public JobLease Lease => Job.Lease;

    /// <summary>Clock ticks at which it was reserved.</summary>
    public long Since { get; } = since;

    public CancellationToken CancellationToken => cancellation.Token;

    /// <summary>The lease is no longer ours: nothing about the attempt will be recorded.</summary>
    public bool IsLost { get; private set; }

    public bool IsCancelled => cancellation.IsCancellationRequested;

    public bool IsRunning => Volatile.Read(ref stage) == 1;

    public bool HasEnded => Volatile.Read(ref stage) == 2;

    /// <summary>Clock ticks at which the token was cancelled; 0 if it was not.</summary>
    public long CancelledAt { get; private set; }

    public bool IsReportedStuck { get; set; }

    public void Start() => Volatile.Write(ref stage, 1);

    public void End() => Volatile.Write(ref stage, 2);

    public void Lose(long now)
    {
        IsLost = true;
        Cancel(now);
    }

    public void Cancel(long now)
    {
        if (CancelledAt == 0) CancelledAt = now;
        _ = CancelAsync();
    }

    // The user's callbacks run on the thread pool, so that none can hold up the heartbeat.
    private async Task CancelAsync()
    {
        try
        {
            await process.CancelAsync(cancellation);
        }
        catch (Exception error)
        {
            log.TokenCallbackFailed(Job.Id, Job.Type, error);
        }
    }
}
