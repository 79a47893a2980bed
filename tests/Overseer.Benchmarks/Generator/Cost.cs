using System.Diagnostics;

namespace Overseer.Benchmarks.Generator;

/// <summary>What one run costs.</summary>
/// <param name="Milliseconds">The time.</param>
/// <param name="Bytes">The bytes allocated, on all threads.</param>
internal readonly record struct Cost(double Milliseconds, long Bytes)
{
    public static Cost Of(Action act)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        act();
        return new Cost(Stopwatch.GetElapsedTime(started).TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    public static Cost Median(IReadOnlyList<Cost> costs) =>
        new(
            costs.Select(cost => cost.Milliseconds).Order().ElementAt(costs.Count / 2),
            costs.Select(cost => cost.Bytes).Order().ElementAt(costs.Count / 2));
}
