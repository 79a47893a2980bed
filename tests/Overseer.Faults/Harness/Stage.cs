using System.Data.Common;
using System.Globalization;

namespace Overseer.Faults;

/// <summary>Runs a scenario and has the checker look at what it left.</summary>
internal static class Stage
{
    public static async Task<Report> RunAsync(Scenario scenario, int seed, bool isLong = false, string? twin = null)
    {
        var began = HistoryEntry.Now;
        await using var arena = new Arena(seed, isLong, twin);
        var violations = new List<Violation>();
        try
        {
            await scenario.Run(arena);
        }
        catch (Exception error) when (twin is not null || error is FaultException)
        {
            violations.Add(new Violation((error as FaultException)?.Invariant ?? "scenario", error.Message));
        }
        finally
        {
            Twin.Restore();
        }

        var report = new Report { Name = scenario.Name, Seed = seed, Violations = violations };
        if (arena.HasDatabase)
        {
            try
            {
                report = await CheckAsync(arena, report);
            }
            catch (DbException error) when (violations.Count > 0)
            {
                violations.Add(new Violation("scenario", $"the database cannot be read: {error.Message}"));
            }

            if (report.Violations.Count > 0 && twin is null) Explain(arena);
        }

        return report with { Seconds = HistoryEntry.Now - began };
    }

    private static async Task<Report> CheckAsync(Arena arena, Report report)
    {
        foreach (var worker in arena.Workers.Where(worker => !worker.HasExited)) await worker.KillAsync();
        var history = arena.History();
        var transitions = await TransitionLog.ReadAsync(arena.Database);
        var state = await StoredState.ReadAsync(arena.Database, arena.Deadlocks);
        var violations = report.Violations.Concat(new Checker(history, transitions, await TransitionLog.ReadWorkersAsync(arena.Database), state, arena.Expected).Check()).ToList();
        var starts = history.Where(entry => entry.Op == "start").ToList();
        var recoveries = arena.Faults
            .Select(fault => (fault.Name, Seconds: starts.FirstOrDefault(start => start.Mono > fault.To)?.Mono - fault.To))
            .ToList();
        foreach (var (name, seconds) in recoveries.Where(recovery => recovery.Seconds > arena.Expected.Recovery.TotalSeconds))
            violations.Add(new Violation("I14", string.Create(CultureInfo.InvariantCulture, $"after {name} it took {seconds:F1} s until a job started")));
        return report with
        {
            Jobs = state.Statuses.Count,
            HandlerRuns = starts.Count,
            LeaseLosses = transitions.Count(step => step.IsLoss),
            Duplicates = starts.GroupBy(start => start.Job).Count(group => group.Count() > 1),
            StaleWrites = history.Count(entry => entry.Op == "ended" && entry.Result.EndsWith("stale", StringComparison.Ordinal)),
            Deadlocks = state.Deadlocks,
            Recoveries = recoveries,
            Violations = violations,
        };
    }

    private static void Explain(Arena arena)
    {
        foreach (var worker in arena.Workers.Where(worker => worker.Errors.Length > 0))
            Console.WriteLine($"  {worker.Settings.Name} said:\n{worker.Errors[..Math.Min(worker.Errors.Length, 2000)]}");
    }
}
