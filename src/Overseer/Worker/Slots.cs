using System.Threading.Channels;
using Overseer.Stores;

namespace Overseer;

/// <summary>The N handlers that run at once: each slot takes the next job from the buffer and runs one attempt of it.</summary>
internal sealed class Slots(WorkerParts parts, ChannelReader<HeldJob> buffer, EndingWriter endings)
{
    private int buffered;
    private int running;
    private volatile bool stopping;

    public int Buffered => Volatile.Read(ref buffered);

    public int Running => Volatile.Read(ref running);

    public void Expect() => Interlocked.Increment(ref buffered);

    public void Forget() => Interlocked.Decrement(ref buffered);

    /// <summary>From now on jobs that have not started are given back.</summary>
    public void Stop() => stopping = true;

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, parts.Options.Concurrency).Select(_ => Task.Run(RunSlotAsync)));

    private async Task RunSlotAsync()
    {
        await foreach (var job in buffer.ReadAllAsync())
        {
            Interlocked.Increment(ref running);
            Interlocked.Decrement(ref buffered);
            try
            {
                // A lost job is cancelled as well; its ending goes no further than the writer.
                if (stopping || job.IsCancelled) endings.Add(new AttemptEnd(job, new JobEnding.Release(job.Lease)));
                else await RunAsync(job);
            }
            finally
            {
                Interlocked.Decrement(ref running);
                parts.Capacity.Set();
            }
        }
    }

    private async Task RunAsync(HeldJob job)
    {
        job.Start();
        var started = parts.Clock.GetTimestamp();
        var end = await new AttemptRunner(parts, job).RunAsync();
        job.End();
        parts.Pace.Record(parts.Clock.GetElapsedTime(started));
        endings.Add(end);
    }
}
