using System.Diagnostics;
using System.Globalization;

namespace Overseer.Faults;

/// <summary>One line of a history: what a client, a worker or a handler did, or was told, and when.</summary>
/// <param name="Mono">Seconds of the machine's monotonic clock, which all processes here share.</param>
/// <param name="Wall">What its own clock said, which may be wrong.</param>
/// <param name="Actor">Who.</param>
/// <param name="Op">What.</param>
/// <param name="Job">About which job, run or key.</param>
/// <param name="Lease">Under which lease number; 0 if under none.</param>
/// <param name="Result">What came of it.</param>
internal sealed record HistoryEntry(double Mono, DateTime Wall, string Actor, string Op, string Job, long Lease, string Result)
{
    public static double Now => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    public static HistoryEntry Parse(string line)
    {
        var parts = line.Split('\t');
        return new HistoryEntry(
            double.Parse(parts[0], CultureInfo.InvariantCulture), DateTime.Parse(parts[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            parts[2], parts[3], parts[4], long.Parse(parts[5], CultureInfo.InvariantCulture), parts[6]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Mono:F6}\t{Wall:O}\t{Actor}\t{Op}\t{Job}\t{Lease}\t{Result.ReplaceLineEndings(" ").Replace('\t', ' ')}");
}
