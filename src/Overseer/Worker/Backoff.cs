namespace Overseer;

/// <summary>Waits between tries at something that fails: doubling, with full jitter. Not thread-safe.</summary>
internal sealed class Backoff(TimeProvider clock, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    private TimeSpan next = First;

    public void Reset() => next = First;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var delay = next * (0.5 + (random.NextDouble() / 2));
        next = next * 2 < Most ? next * 2 : Most;
        return Task.Delay(delay, clock, cancellationToken);
    }
}
