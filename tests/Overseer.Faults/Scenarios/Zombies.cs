namespace Overseer.Faults;

/// <summary>F6 to F8: workers that stand still for longer than their lease, and then go on.</summary>
internal static class Zombies
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F6", "A frozen worker tells how its job ended after another one finished it", arena => ThawedAsync(arena, arena.StartDatabaseAsync(), "")),
        new("F7", "A worker whose beats do not get through finishes its job while another one runs it", arena => DeafAsync(arena, arena.StartDatabaseAsync())),
        new("F8", "A frozen worker fails the job that another one finished", arena => ThawedAsync(arena, arena.StartDatabaseAsync(), "throw-unless-lost")),
        new("F8b", "A frozen worker aborts the job that another one finished", arena => ThawedAsync(arena, arena.StartDatabaseAsync(), "abort-unless-lost")),
    ];

    public static async Task ThawedAsync(Arena arena, Task database, string act)
    {
        await database;
        var run = await arena.InsertAsync(Pair(act));
        await arena.InsertAsync(Graphs.One(act: "gate"));
        var frozen = await arena.StartWorkerAsync(settings => settings with { Breaks = ["ending"] });
        await frozen.HearAsync("start", 2);
        await frozen.HearAsync("at ending");
        // Not in the middle of a write, which on a SQLite file would hold up everybody.
        await using (await HeldFile.TakeAsync(arena.Database)) frozen.Signal(Shell.Stop);
        var other = await arena.StartWorkerAsync();
        await other.HearAsync("start", 2);
        await Arena.UntilAsync("the other worker finishes the job", async () => (await arena.Store.ListJobsAsync(run.Id))[0].Status == JobStatus.Finished);
        frozen.Signal(Shell.Continue);
        // What it holds is lost, and what ran on is told so.
        await frozen.HearAsync("cancelled");
        frozen.Say("lift ending");
        await StaleAsync(arena);
        other.Say("open *");
        frozen.Say("open *");
        await arena.WaitAsync();
        await CheckAsync(arena, run);
    }

    public static async Task DeafAsync(Arena arena, Task database)
    {
        await database;
        var run = await arena.InsertAsync(Pair("gate-if-lost"));
        var deaf = await arena.StartWorkerAsync(settings => settings with { Breaks = ["ending"] });
        await deaf.HearAsync("at ending");
        deaf.Say("hold beating");
        await deaf.HearAsync("at beating");
        var other = await arena.StartWorkerAsync();
        await other.HearAsync("start");
        // It knows nothing yet: what refuses its answer is the store.
        deaf.Say("lift ending");
        await StaleAsync(arena);
        // Nor does a beat make the job its own again, or keep alive who was taken for dead.
        deaf.Say("lift beating");
        await Arena.UntilAsync("the worker learns that it was taken for dead", () => Task.FromResult(arena.History().Any(entry => entry.Actor == "w1" && entry.Op == "dead")));
        other.Say("open *");
        await arena.WaitAsync();
        await CheckAsync(arena, run);
    }

    private static JobGraph Pair(string act)
    {
        var builder = new JobGraphBuilder("zombie");
        builder.Add(Graphs.New(0, "", 1), builder.Add(Graphs.New(0, act, 1)));
        return builder.Build();
    }

    private static Task StaleAsync(Arena arena) => Arena.UntilAsync(
        "the worker is told that its ending is stale",
        () => Task.FromResult(arena.History().Any(entry => entry.Actor == "w1" && entry.Op == "ended" && entry.Result.EndsWith("stale", StringComparison.Ordinal))));

    private static async Task CheckAsync(Arena arena, RunHandle run)
    {
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "the run finished");
        var jobs = await arena.Store.ListJobsAsync(run.Id);
        Arena.Require(jobs[0].Losses == 1 && jobs[1].Losses == 0 && jobs.All(job => job.Failure is null), "the lost job has one loss, and no failure is kept");
        Arena.Require(arena.History().Any(entry => entry is { Actor: "w1", Op: "log", Job: "StaleEnding" }), "its log says that the lease was lost");
    }
}
