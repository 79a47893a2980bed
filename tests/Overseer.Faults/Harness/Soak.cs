using System.Globalization;
using System.Text;

namespace Overseer.Faults;

/// <summary>Scenario after scenario with ever new seeds, for as long as it was told to, and a report of all of them.</summary>
internal sealed class Soak(TimeSpan time, int seed, string? report)
{
    private readonly List<Report> reports = [];

    public async Task<int> RunAsync()
    {
        var began = HistoryEntry.Now;
        var started = DateTime.UtcNow;
        for (var round = 0; HistoryEntry.Now - began < time.TotalSeconds; round++)
        {
            foreach (var scenario in ScenarioList.All)
            {
                if (HistoryEntry.Now - began >= time.TotalSeconds) break;
                // What takes minutes is run once in a while, for the mix of faults is where the unexpected is.
                if (scenario.IsLong && round % 4 != 0) continue;
                var outcome = await Stage.RunAsync(scenario, seed + round);
                reports.Add(outcome);
                Console.WriteLine(outcome);
                if (report is not null) await File.WriteAllTextAsync(report, Write(started, HistoryEntry.Now - began));
            }
        }

        return reports.All(outcome => outcome.IsGood) ? 0 : 1;
    }

    private string Write(DateTime started, double seconds)
    {
        var page = new StringBuilder();
        page.AppendLine("# Soak report").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"Written by `./test --soak`, begun on {started:yyyy-MM-dd} at {started:HH:mm} UTC; {seconds / 60:F0} minutes on {Environment.ProcessorCount} cores, seeds {seed} to {reports.Max(r => r.Seed)}.");
        page.AppendLine(CultureInfo.InvariantCulture, $"{reports.Count} scenarios were run, {reports.Count(r => r.IsGood)} of them without a violation; {reports.Sum(r => (long)r.Jobs):N0} jobs, {reports.Sum(r => (long)r.HandlerRuns):N0} handler runs, {reports.Sum(r => r.LeaseLosses):N0} lease losses, {reports.Sum(r => r.StaleWrites):N0} stale writes refused, {reports.Sum(r => r.Recoveries.Count):N0} faults with a recovery time, the slowest {reports.Max(r => r.Recoveries.Max(x => x.Seconds)):F2} s.");
        page.AppendLine().AppendLine("| scenario | runs | bad | jobs | handler runs | lease losses | duplicates | stale writes refused | deadlocks | slowest recovery, s | longest run, s |");
        page.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var scenario in reports.GroupBy(r => r.Name))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {scenario.Key} | {scenario.Count()} | {scenario.Count(r => !r.IsGood)} | {scenario.Sum(r => (long)r.Jobs)} | {scenario.Sum(r => (long)r.HandlerRuns)} | {scenario.Sum(r => r.LeaseLosses)} | {scenario.Sum(r => r.Duplicates)} | {scenario.Sum(r => r.StaleWrites)} | {scenario.Sum(r => r.Deadlocks)} | {(scenario.Max(r => r.Recoveries.Max(x => x.Seconds)) is { } s ? s.ToString("F2", CultureInfo.InvariantCulture) : "-")} | {scenario.Max(r => r.Seconds):F1} |");
        }

        page.AppendLine();
        foreach (var bad in reports.Where(r => !r.IsGood)) page.AppendLine(CultureInfo.InvariantCulture, $"- `{bad.Name} --seed {bad.Seed}`: {string.Join("; ", bad.Violations.Take(3).Select(v => $"{v.Invariant}: {v.What.ReplaceLineEndings(" ")}"))}");
        return page.ToString().TrimEnd() + "\n";
    }
}
