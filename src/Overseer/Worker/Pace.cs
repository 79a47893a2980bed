namespace Overseer;

/// <summary>How many jobs to hold ready beyond those that can start: what the handlers get through in about 100 ms, none if they are slow.</summary>
internal sealed class Pace(int concurrency, int maxPrefetch)
{
    private const double HorizonSeconds = 0.1;
    private const double SlowSeconds = 0.05;

    private double averageSeconds;

    public int Prefetch
    {
        get
        {
            var average = Volatile.Read(ref averageSeconds);
            // Nothing is known before the first attempt ends, and a slow handler's next job is better off on another worker.
            if (average is 0 or > SlowSeconds) return 0;
            return (int)Math.Min(maxPrefetch, HorizonSeconds / average * concurrency);
        }
    }

    // A lost update between two attempts that end together only makes the average a little older.
    public void Record(TimeSpan attempt)
    {
        var average = Volatile.Read(ref averageSeconds);
        var seconds = Math.Max(attempt.TotalSeconds, 1e-6);
        Volatile.Write(ref averageSeconds, average == 0 ? seconds : (average * 0.8) + (seconds * 0.2));
    }
}
