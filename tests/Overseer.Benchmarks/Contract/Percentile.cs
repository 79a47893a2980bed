namespace Overseer.Benchmarks.Contract;

internal static class Percentile
{
    /// <summary>The value below or at which that share of the values lies; -1 of none.</summary>
    public static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? -1 : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)], 2);
    }
}
