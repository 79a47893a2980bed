using System.Diagnostics;

namespace Overseer.Benchmarks.Jobs;

/// <summary>Counts in memory which handlers ran, by the index of their job. Times are nanoseconds of the machine's monotonic clock.</summary>
internal sealed class Tally
{
    public const int ChainLength = 10;

    private readonly int[] seen;

    private readonly long[] starts;

    private readonly long[] stepStarts;

    private readonly long[] stepEnds;

    private TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int executed;

    private int target;

    private long first;

    private Tally(int jobs, int until)
    {
        seen = new int[jobs];
        starts = new long[jobs];
        stepStarts = new long[jobs];
        stepEnds = new long[jobs];
        target = until;
    }

    /// <summary>What the handlers of this process count in.</summary>
    public static Tally Current { get; private set; } = new(0, 0);

    public int Executed => Volatile.Read(ref executed);

    /// <summary>When the first handler began; 0 before.</summary>
    public long First => Volatile.Read(ref first);

    public static long Now() => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public static Tally Expect(int jobs, int until) => Current = new Tally(jobs, until);

    /// <summary>Waits for that many runs of handlers in all.</summary>
    public void ExpectMore(int until)
    {
        reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref target, until);
        if (Executed >= until) reached.TrySetResult();
    }

    public async Task<bool> WaitAsync(int seconds) => await Task.WhenAny(reached.Task, Task.Delay(TimeSpan.FromSeconds(seconds))) == reached.Task;

    public void Ran(int i)
    {
        var now = Now();
        if (first == 0) Interlocked.CompareExchange(ref first, now, 0);
        if ((uint)i < (uint)seen.Length && Interlocked.Increment(ref seen[i]) == 1) starts[i] = now;
        if (Interlocked.Increment(ref executed) >= Volatile.Read(ref target)) reached.TrySetResult();
    }

    public void Stepped(int chain, int number)
    {
        var i = (chain * ChainLength) + number;
        if (i < stepStarts.Length) stepStarts[i] = Now();
        Ran(i);
        if (i < stepEnds.Length) stepEnds[i] = Now();
    }

    public int Lost(int jobs) => seen.Take(jobs).Count(times => times == 0);

    public int Duplicates(int jobs) => seen.Take(jobs).Sum(times => Math.Max(0, times - 1));

    public long StartOf(int i) => starts[i];

    /// <summary>The milliseconds between the end of each step of these chains and the start of the next.</summary>
    public List<double> Hops(int from, int to) => [.. Steps(from, to).Select(i => (stepStarts[i] - stepEnds[i - 1]) / 1e6)];

    public int OutOfOrder(int chains) => Steps(0, chains).Count(i => stepStarts[i] < stepEnds[i - 1]);

    private IEnumerable<int> Steps(int from, int to) =>
        Enumerable.Range(from * ChainLength, (to - from) * ChainLength).Where(i => i % ChainLength > 0 && stepStarts[i] > 0);
}
