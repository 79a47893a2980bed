namespace Overseer.Faults;

/// <summary>F10: handlers that leave nothing to the rest of their process.</summary>
internal static class Starvation
{
    private const int Slots = 16;

    // The pool adds two threads a second, and each is blocked at once: whatever is queued behind has to wait for longer than beats may be late.
    private static readonly string[] Acts = [.. Enumerable.Repeat("block-long", 12), .. Enumerable.Repeat<string[]>(["spin", "churn", "block"], 4).SelectMany(acts => acts)];

    // So that garbage is collected thousands of times.
    private static readonly Dictionary<string, string> SmallHeap = new() { ["DOTNET_GCgen0size"] = "0x40000" };

    // Staged by hand until it is known why about one beat in five runs takes more than three seconds.
    public static IReadOnlyList<Scenario> All { get; } = [new("F10", "Handlers fill the processors, the thread pool and the heap", StarvedAsync) { IsLong = true }];

    private static async Task StarvedAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        // Handlers are cancelled, and it is logged, when no beat has landed for three of these five seconds.
        var worker = await arena.StartWorkerAsync(settings => settings with { Concurrency = Slots, BeatMilliseconds = 200, Tolerance = 25 }, environment: SmallHeap);
        var until = HistoryEntry.Now + (arena.IsLong ? 600 : 0);
        do
        {
            await arena.InsertAsync(Graphs.Acts(Acts));
            await arena.WaitAsync();
        }
        while (HistoryEntry.Now < until);
        Arena.Require((await TransitionLog.ReadAsync(arena.Database)).All(step => !step.IsLoss), "no lease was lost");
        foreach (var name in new[] { "LeasesInDoubt", "BeatFailed", "LeaseLost", "WorkerTakenForDead" })
            Arena.Require(!arena.History().Any(entry => entry.Op == "log" && entry.Job == name), $"beats landed all the time: {name} was never logged");
        Arena.Require(worker.CountOf("cancelled") == 0 && await worker.StopAsync() == 0, "it ends well");
    }
}
