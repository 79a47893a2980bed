namespace Overseer;

/// <summary>How many jobs to hold ready beyond those that can start: what the handlers get through in about 100 ms, none if they are slow.</summary>
internal sealed class Pace(int maxPrefetch)
{
    /// <summary>How much work to hold ready. An attempt that has run longer frees no slot that could be counted on.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromMilliseconds(100);

    private const double SlowSeconds = 0.05;

    private double averageSeconds;

    /// <param name="slots">The slots that take jobs at this pace.</param>
    public int PrefetchFor(int slots)
    {
        var average = Volatile.Read(ref averageSeconds);
        // Nothing is known before the first attempt ends, and a slow handler's next job is better off on another worker.
        if (average is 0 or > SlowSeconds) return 0;
        return (int)Math.Min(maxPrefetch, Horizon.TotalSeconds / average * slots);
    }

    // A lost update between two attempts that end together only makes the average a little older.
    public void Record(TimeSpan attempt)
    {
        var average = Volatile.Read(ref averageSeconds);
        var seconds = Math.Max(attempt.TotalSeconds, 1e-6);
        Volatile.Write(ref averageSeconds, average == 0 ? seconds : (average * 0.8) + (seconds * 0.2));
    }
}
