namespace Overseer.Benchmarks.Peers;

/// <summary>Counts the runs of the peers' jobs in memory.</summary>
public static class PeerTally
{
    private static Countdown Current { get; set; } = new(0);

    /// <summary>Called by every job.</summary>
    public static void Ran() => Current.Ran();

    internal static void Expect(int jobs) => Current = new Countdown(jobs);

    internal static Task WaitAsync() => Current.Reached.WaitAsync(TimeSpan.FromMinutes(5));

    private sealed class Countdown(int jobs)
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private int left = jobs;

        public Task Reached => reached.Task;

        public void Ran()
        {
            if (Interlocked.Decrement(ref left) == 0) reached.TrySetResult();
        }
    }
}
