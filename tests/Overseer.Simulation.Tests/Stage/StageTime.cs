namespace Overseer.Simulation.Tests;

/// <summary>Time that passes only when the stage has nothing else to do. Not thread-safe.</summary>
internal sealed class StageTime : TimeProvider
{
    private readonly PriorityQueue<(StageTimer Timer, int Version), (long Due, long Order)> timers = new();

    private static readonly long Start = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).UtcTicks;

    private long order;

    public long Ticks { get; private set; }

    public TimeSpan Elapsed => TimeSpan.FromTicks(Ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Start + Ticks, TimeSpan.Zero);

    public override long GetTimestamp() => Ticks + 1;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StageTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does something at a later time.</summary>
    public void After(TimeSpan time, Action act) => CreateTimer(_ => act(), null, time, Timeout.InfiniteTimeSpan);

    /// <summary>Goes on to the next timer, but no further than to a time; false if there is nothing to wait for.</summary>
    public bool Advance(long until)
    {
        if (!timers.TryPeek(out _, out var next) || next.Due > until)
        {
            if (until == long.MaxValue) return false;
            Ticks = until;
            return true;
        }

        Ticks = Math.Max(Ticks, next.Due);
        while (timers.TryPeek(out var entry, out next) && next.Due <= Ticks)
        {
            timers.Dequeue();
            entry.Timer.Fire(entry.Version);
        }

        return true;
    }

    private sealed class StageTimer(StageTime time, TimerCallback callback, object? state) : ITimer
    {
        private int version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan) throw new NotSupportedException("No timer on a stage repeats.");
            version++;
            if (dueTime != Timeout.InfiniteTimeSpan) time.timers.Enqueue((this, version), (time.Ticks + dueTime.Ticks, time.order++));
            return true;
        }

        public void Fire(int due)
        {
            if (due == version) callback(state);
        }

        public void Dispose() => version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
