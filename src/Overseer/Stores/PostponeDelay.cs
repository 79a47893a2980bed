namespace Overseer.Stores;

/// <summary>How long a job waits after a fault that did not say: one second, doubled with each fault, at most an hour, each time between half and all of it.</summary>
public static class PostponeDelay
{
    /// <summary>The delay after the n-th fault.</summary>
    /// <param name="faults">The job's faults so far, this one included, from 1.</param>
    /// <param name="jitter">A random number in [0, 1).</param>
    public static TimeSpan After(int faults, double jitter)
    {
        var seconds = Math.Min(3600, Math.Pow(2, Math.Clamp(faults - 1, 0, 12)));
        return TimeSpan.FromSeconds(seconds * (0.5 + (jitter / 2)));
    }
}
