namespace Overseer;

/// <summary>Marks the worker alive from a thread of its own, and watches from another that the beats land.</summary>
/// <remarks>
/// <code>
///   every HeartbeatSleep:     beat ── alive ──► leases that are gone: their handlers' tokens are cancelled
///                                  └─ dead ───► all leases are dropped; the worker registers under a new id
///   no beat landed for 60 % of the lease time: all handlers' tokens are cancelled, nothing is reserved, until one lands
/// </code>
/// A beat counts from when it was sent: the store may have heard it then, however late its answer comes, and the lease runs from there.
/// Neither thread comes from the pool, so that handlers that fill the pool or the processors cannot hold them up.
/// </remarks>
internal sealed class Heartbeat : IDisposable
{
    private const double DoubtShare = 0.6;
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(3);

    private readonly WorkerParts parts;
    private readonly Func<CancellationToken, Task> register;
    private readonly CancellationTokenSource stopped = new();
    private Func<TimeSpan, bool>? beatsEnd;
    private Func<TimeSpan, bool>? watchEnds;
    private long landed;

    /// <param name="parts">What the worker consists of.</param>
    /// <param name="register">Makes it known under its present id.</param>
    /// <param name="registered">Clock ticks at which that was asked for the first time.</param>
    public Heartbeat(WorkerParts parts, Func<CancellationToken, Task> register, long registered)
    {
        this.parts = parts;
        this.register = register;
        landed = registered;
    }

    public void Start()
    {
        // A registration that took too long is no ground to start anything on.
        Watch();
        beatsEnd = parts.Process.StartThread("Overseer heartbeat", parts.Options.HeartbeatSleep, Beat, stopped.Token);
        watchEnds = parts.Process.StartThread("Overseer heartbeat watch", parts.Options.LeaseTime / 20, Watch, stopped.Token);
    }

    public void Stop()
    {
        if (stopped.IsCancellationRequested) return;
        stopped.Cancel();
        beatsEnd?.Invoke(LongestJoin);
        watchEnds?.Invoke(LongestJoin);
    }

    /// <summary>Stops. A thread that is stuck in the store goes on to look at what stops it, so that is left to it.</summary>
    public void Dispose()
    {
        Stop();
        if (beatsEnd?.Invoke(TimeSpan.Zero) == false || watchEnds?.Invoke(TimeSpan.Zero) == false) return;
        stopped.Dispose();
    }

    internal void Beat()
    {
        try
        {
            var sent = parts.Clock.GetTimestamp();
            var answer = parts.Store.BeatAsync(parts.Book.Worker, parts.Book.Leases, stopped.Token).GetAwaiter().GetResult();
            if (!answer.IsAlive)
            {
                var old = parts.Book.Worker;
                var dropped = parts.Book.Count;
                var renewed = parts.Book.Renew();
                sent = parts.Clock.GetTimestamp();
                register(stopped.Token).GetAwaiter().GetResult();
                parts.Log.WorkerTakenForDead(old.Value, dropped, renewed.Value);
            }

            foreach (var lease in answer.Lost)
            {
                if (parts.Book.Lose(lease)) parts.Log.LeaseLost(lease.Run.Number, lease.Job, lease.Number);
            }

            Land(sent);
        }
        catch (Exception error) when (!stopped.IsCancellationRequested)
        {
            parts.Log.BeatFailed(parts.Store.Name, error);
        }
        catch (Exception) when (stopped.IsCancellationRequested)
        {
            // Stopping: the worker takes its leave from the store itself.
        }
    }

    internal void Watch()
    {
        var now = parts.Clock.GetTimestamp();
        var silent = parts.Clock.GetElapsedTime(Volatile.Read(ref landed), now);
        if (silent > LongestSilence && parts.Book.Doubt()) parts.Log.LeasesInDoubt(silent, parts.Book.Count);
        foreach (var job in parts.Book.Jobs)
        {
            if (!job.IsRunning || job.IsReportedStuck || job.CancelledAt == 0) continue;
            if (parts.Clock.GetElapsedTime(job.CancelledAt, now) < StuckAfter) continue;
            job.IsReportedStuck = true;
            parts.Log.TokenIgnored(job.Job.Id, job.Job.Type, StuckAfter);
        }
    }

    private TimeSpan LongestSilence => parts.Options.LeaseTime * DoubtShare;

    private void Land(long sent)
    {
        Volatile.Write(ref landed, sent);
        if (parts.Clock.GetElapsedTime(sent) > LongestSilence) return;
        parts.Book.Trust();
        // Also after a renewal, which ends the doubt by itself: whoever waits for it has to be woken.
        parts.Capacity.Set();
    }
}
