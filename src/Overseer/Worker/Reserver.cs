using System.Threading.Channels;
using Overseer.Stores;

namespace Overseer;

/// <summary>Keeps the slots busy: reserves ready jobs and puts them into the buffer that the slots read.</summary>
internal sealed class Reserver(WorkerParts parts, Slots slots, ChannelWriter<HeldJob> buffer)
{
    // Endings wait for the store; past this many the worker would only pile up more.
    private const int MostUnrecorded = 2000;

    private readonly IReadOnlyList<ReserveType> types =
        [.. parts.Handlers.Handlers.SelectMany(handler => handler.Types, (handler, type) => new ReserveType(type, [.. handler.Dependencies.SelectMany(bound => bound.Types)]))];

    // Whether the store gave all that was asked for, so that more is ready: then what becomes ready waits for its turn behind it.
    private volatile bool hasMore = true;

    /// <summary>What an ending may hand over at once: as many jobs as there are free slots, if nothing else waits for them. Null if nothing may be.</summary>
    public ReserveRequest? NextHandOver()
    {
        if (hasMore || slots.IsStopping || types.Count == 0 || parts.Book.IsInDoubt || parts.Book.HoldsLosses) return null;
        var free = parts.Options.Concurrency - slots.Running - slots.Buffered;
        return free > 0 ? new ReserveRequest(parts.Book.Worker, types, free) : null;
    }

    /// <summary>Puts jobs that this worker now holds into the buffer.</summary>
    public void Take(IReadOnlyList<ReservedJob> jobs)
    {
        foreach (var job in jobs)
        {
            var held = parts.Book.Hold(job);
            slots.Expect();
            if (buffer.TryWrite(held)) continue;
            // The worker stopped without waiting for this answer; its leave gives the job back.
            slots.Forget();
            parts.Book.Remove(held);
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var backoff = parts.NewBackoff();
        var sleep = parts.Options.DetectorSleep;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (NextRequest() is not { } request)
                {
                    await parts.Capacity.WaitAsync(stopping);
                    continue;
                }

                try
                {
                    var seen = parts.Store.ReadySignals;
                    if (await ReserveAsync(request, stopping) > 0)
                    {
                        sleep = parts.Options.DetectorSleep;
                        continue;
                    }

                    backoff.Reset();
                    var (nap, asleep) = (sleep * (0.75 + (parts.Process.Random.NextDouble() / 4)), parts.Clock.GetTimestamp());
                    await parts.Store.WaitForReadyAsync(seen, nap, stopping);
                    // Whoever was woken before its time has no reason to sleep longer the next time.
                    if (parts.Clock.GetElapsedTime(asleep) < nap / 2) continue;
                    sleep = sleep * 2 < parts.Options.IdleSleep ? sleep * 2 : parts.Options.IdleSleep;
                }
                catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
                {
                    parts.Log.ReserveFailed(parts.Store.Name, error);
                    await backoff.WaitAsync(stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Shutdown: nothing more is reserved.
        }
        finally
        {
            buffer.TryComplete();
        }
    }

    internal ReserveRequest? NextRequest()
    {
        if (types.Count == 0 || parts.Book.IsInDoubt || parts.Book.Count - slots.Running - slots.Buffered >= MostUnrecorded) return null;
        var waiting = slots.Buffered;
        var free = Math.Max(0, parts.Options.Concurrency - slots.Running - waiting);
        var prefetch = parts.Book.HoldsLosses ? 0 : parts.Pace.PrefetchFor(slots.CountQuick());
        var extra = Math.Max(0, prefetch - Math.Max(0, waiting - (parts.Options.Concurrency - slots.Running)));
        // Half a buffer is enough to go on with; topping it up job by job would cost a transaction each.
        if (free == 0 && extra <= prefetch / 2) return null;
        return new ReserveRequest(parts.Book.Worker, types, free, extra);
    }

    private async Task<int> ReserveAsync(ReserveRequest request, CancellationToken stopping)
    {
        var jobs = await parts.Store.ReserveAsync(request, stopping);
        hasMore = jobs.Count >= request.Slots + request.Prefetch;
        Take(jobs);
        return jobs.Count;
    }
}
