using System.Threading.Channels;
using Overseer.Stores;

namespace Overseer;

/// <summary>The N handlers that run at once: each slot takes the next job from the buffer and runs one attempt of it.</summary>
internal sealed class Slots(WorkerParts parts, ChannelReader<HeldJob> buffer, EndingWriter endings)
{
    // For each slot the clock's ticks at which its attempt began; 0 while it has none.
    private readonly long[] begun = new long[parts.Options.Concurrency];
    private int buffered;
    private int running;
    private volatile bool stopping;

    public int Buffered => Volatile.Read(ref buffered);

    public int Running => Volatile.Read(ref running);

    public void Expect() => Interlocked.Increment(ref buffered);

    public void Forget() => Interlocked.Decrement(ref buffered);

    public bool IsStopping => stopping;

    /// <summary>From now on jobs that have not started are given back.</summary>
    public void Stop() => stopping = true;

    /// <summary>How many slots take jobs at the usual pace: those that are free, or whose attempt began within <see cref="Pace.Horizon"/>.</summary>
    public int CountQuick()
    {
        var now = parts.Clock.GetTimestamp();
        var quick = 0;
        for (var slot = 0; slot < begun.Length; slot++)
        {
            var since = Volatile.Read(ref begun[slot]);
            if (since == 0 || parts.Clock.GetElapsedTime(since, now) <= Pace.Horizon) quick++;
        }

        return quick;
    }

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, parts.Options.Concurrency).Select(slot => parts.Process.Run(() => RunSlotAsync(slot))));

    private async Task RunSlotAsync(int slot)
    {
        while (await buffer.WaitToReadAsync())
        {
            while (buffer.TryRead(out var job))
            {
                Interlocked.Increment(ref running);
                Interlocked.Decrement(ref buffered);
                // A lost job is cancelled as well; its ending goes no further than the writer.
                var end = stopping || job.IsCancelled ? new AttemptEnd(job, new JobEnding.Release(job.Lease)) : await RunAsync(job, slot);
                // Before its ending is told, so that what that makes ready finds the slot free.
                Interlocked.Decrement(ref running);
                endings.Add(end);
                parts.Capacity.Set();
            }
        }
    }

    private async Task<AttemptEnd> RunAsync(HeldJob job, int slot)
    {
        job.Start();
        var started = parts.Clock.GetTimestamp();
        Volatile.Write(ref begun[slot], started);
        var end = await new AttemptRunner(parts, job).RunAsync();
        Volatile.Write(ref begun[slot], 0);
        job.End();
        parts.Pace.Record(parts.Clock.GetElapsedTime(started));
        return end;
    }
}
