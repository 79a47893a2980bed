using System.Threading.Channels;
using Overseer.Stores;

namespace Overseer;

/// <summary>Gives back, uncounted, what waits too long for a slot: when all slots have turned slow, what was reserved ahead is better off on another worker.</summary>
internal sealed class GiveBack(WorkerParts parts, Slots slots, ChannelReader<HeldJob> buffer, EndingWriter endings)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (await buffer.WaitToReadAsync(stopping))
            {
                await Task.Delay(LongestWait / 4, parts.Clock, stopping);
                Look();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Shutdown: the slots give back what is left.
        }
    }

    internal void Look()
    {
        var count = 0;
        // The first has waited longest. If a slot takes it in between, the one behind it goes instead: no harm, it is only tried elsewhere.
        while (buffer.TryPeek(out var first) && parts.Clock.GetElapsedTime(first.Since) > LongestWait && buffer.TryRead(out var job))
        {
            slots.Forget();
            endings.Add(new AttemptEnd(job, new JobEnding.Release(job.Lease)));
            count++;
        }

        if (count > 0) parts.Log.GivenBack(count, LongestWait);
    }
}
