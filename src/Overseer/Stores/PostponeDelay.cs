namespace Overseer.Stores;

/// <summary>How long a job waits after a fault that did not say, or a failed try with others left: one second, doubled with each, at most an hour, each time between half and all of it.</summary>
public static class PostponeDelay
{
    /// <summary>The longest that a job can be postponed; what is longer is cut to it, so that every time can be written down.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>The delay after the n-th fault or try.</summary>
    /// <param name="faults">The job's faults or tries so far, this one included, from 1.</param>
    /// <param name="jitter">A random number in [0, 1).</param>
    public static TimeSpan After(int faults, double jitter)
    {
        var seconds = Math.Min(3600, Math.Pow(2, Math.Clamp(faults - 1, 0, 12)));
        return TimeSpan.FromSeconds(seconds * (0.5 + (jitter / 2)));
    }

    /// <summary>The delay that an ending asks for, or the backing-off one, within 0 and <see cref="Longest"/>.</summary>
    /// <param name="asked">What the handler asked for, if it did.</param>
    /// <param name="count">The job's postponements of the kind, or its tries, this one included, from 1.</param>
    public static TimeSpan Of(TimeSpan? asked, int count)
    {
        var delay = asked ?? After(count, Random.Shared.NextDouble());
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay > Longest ? Longest : delay;
    }
}
