using System.Globalization;

namespace Overseer.Faults;

/// <summary>What came of a scenario.</summary>
internal sealed record Report
{
    public required string Name { get; init; }

    public required int Seed { get; init; }

    public int Jobs { get; init; }

    public int HandlerRuns { get; init; }

    public int LeaseLosses { get; init; }

    public int Duplicates { get; init; }

    public int StaleWrites { get; init; }

    public int Deadlocks { get; init; }

    /// <summary>For each fault that ended, how long it took until a handler started again; null if none had to.</summary>
    public IReadOnlyList<(string Fault, double? Seconds)> Recoveries { get; init; } = [];

    public IReadOnlyList<Violation> Violations { get; init; } = [];

    public double Seconds { get; init; }

    public bool IsGood => Violations.Count == 0;

    public override string ToString()
    {
        var slowest = Recoveries.Max(recovery => recovery.Seconds);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Name} seed {Seed}: {Jobs} jobs, {HandlerRuns} handler runs, {LeaseLosses} lease losses, {Duplicates} duplicates, {StaleWrites} stale writes refused, {Deadlocks} deadlocks, recovery {(slowest is { } s ? $"{s:F2} s" : "-")}; {Seconds:F1} s; {(IsGood ? "ok" : $"{Violations.Count} VIOLATIONS")}");
        return string.Join('\n', [line, .. Violations.Take(20).Select(violation => $"    {violation.Invariant}: {violation.What}")]);
    }
}
