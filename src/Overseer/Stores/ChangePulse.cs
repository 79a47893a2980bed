using System.Diagnostics;

namespace Overseer.Stores;

/// <summary>Wakes those in this process who wait for a store to change. Thread-safe.</summary>
public sealed class ChangePulse
{
    // A caller looks, finds nothing, and only then waits: a change in between would be missed. So for this long after
    // a change nobody is made to wait longer than this.
    private static readonly TimeSpan Blind = TimeSpan.FromMilliseconds(20);

    private TaskCompletionSource next = NewSource();

    private long last = long.MinValue;

    /// <summary>Something changed: wakes all who wait.</summary>
    public void Signal()
    {
        Volatile.Write(ref last, Stopwatch.GetTimestamp());
        Interlocked.Exchange(ref next, NewSource()).TrySetResult();
    }

    /// <summary>Waits for the next signal, or until the time is over.</summary>
    /// <param name="atMost">The longest wait.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        var signal = Volatile.Read(ref next).Task;
        var before = Volatile.Read(ref last);
        if (before != long.MinValue && atMost > Blind && Stopwatch.GetElapsedTime(before) < Blind) atMost = Blind;
        try
        {
            await signal.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The time is over, which is an answer too.
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
