namespace Overseer.Stores;

/// <summary>Wakes those in this process who wait for a store to change. Thread-safe.</summary>
public sealed class ChangePulse
{
    // A caller looks, finds nothing, and only then waits: a change in between would be missed. So for this long after
    // a change nobody who does not say what he has seen is made to wait longer than this.
    private static readonly TimeSpan Blind = TimeSpan.FromMilliseconds(20);

    private TaskCompletionSource next = NewSource();

    private long last = long.MinValue;

    private long count;

    /// <summary>How many signals there were.</summary>
    public long Count => Volatile.Read(ref count);

    /// <summary>Something changed: wakes all who wait.</summary>
    /// <param name="clock">Says when.</param>
    public void Signal(TimeProvider clock)
    {
        Volatile.Write(ref last, clock.GetTimestamp());
        Interlocked.Increment(ref count);
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
        if (before != long.MinValue && atMost > Blind && clock.GetElapsedTime(before) < Blind) atMost = Blind;
        await WaitAsync(signal, atMost, clock, cancellationToken);
    }

    /// <summary>Waits for a signal that the caller has not seen, or until the time is over.</summary>
    /// <param name="seen">What <see cref="Count"/> was before the caller last looked.</param>
    /// <param name="atMost">The longest wait.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task WaitAsync(long seen, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        var signal = Volatile.Read(ref next).Task;
        return Count == seen ? WaitAsync(signal, atMost, clock, cancellationToken) : Task.CompletedTask;
    }

    private static async Task WaitAsync(Task signal, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
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
