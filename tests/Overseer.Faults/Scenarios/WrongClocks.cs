namespace Overseer.Faults;

/// <summary>F32 to F34: clocks that are wrong, and clocks that jump.</summary>
internal static class WrongClocks
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F32", "One worker's clock is an hour ahead, another's an hour behind, and a third one's is right", WrongAsync),
        new("F33", "A worker's clock jumps two hours back and then two hours ahead while it works", WorkerJumpsAsync),
        new("F34", "The database's clock jumps two hours back while workers work, and ahead again", DatabaseJumpsAsync),
    ];

    private static Func<WorkerSettings, WorkerSettings> Steady => settings => settings with { Tolerance = 30 };

    private static async Task WrongAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        TimeSpan[] off = [Hour, -Hour, TimeSpan.Zero];
        var workers = new List<WorkerProcess>();
        foreach (var each in off) workers.Add(await arena.StartWorkerAsync(Steady, environment: (await FakeClock.AtAsync(arena, each)).Environment));
        // Tries that fail, postponements and times that are set all wait for the database's clock.
        string[] acts = ["", "", "fault-once", "", "throw"];
        for (var i = 0; i < 3; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 4, width: 12, longest: 60, act: no => acts[no % acts.Length], maxAttempts: 2));
        var now = DateTimeOffset.UtcNow;
        await arena.InsertAsync(JobGraph.Of([.. Enumerable.Range(0, 12).Select(i => new Job(StepJob.Type) { Args = """{"Milliseconds":0}""", RunAt = now.AddMilliseconds(1500 + (i * 100)) })]));
        await arena.InsertAsync(Graphs.Loose(6, milliseconds: 3500));
        await arena.WaitAsync();
        foreach (var (worker, each) in workers.Zip(off))
        {
            var entries = arena.History().Where(entry => entry.Actor == worker.Settings.Name && entry.Op == "start").ToList();
            var shown = arena.History().Where(entry => entry.Actor == worker.Settings.Name).Select(entry => entry.Wall - DateTime.UtcNow).First();
            Arena.Require(Math.Abs((shown - each).TotalMinutes) < 5, $"the clock of {worker.Settings.Name} is {each} off");
            Arena.Require(entries.Count > 0, $"{worker.Settings.Name} worked");
        }

        await QuietAsync(arena);
    }

    private static async Task WorkerJumpsAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var clock = await FakeClock.AtAsync(arena, TimeSpan.Zero);
        var worker = await arena.StartWorkerAsync(Steady, environment: clock.Environment);
        var other = await arena.StartWorkerAsync(Steady);
        for (var i = 0; i < 3; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 10, width: 15, longest: 60));
        foreach (var jump in new[] { -2, 2, 0 })
        {
            await worker.HearAsync("start", worker.CountOf("start") + 5);
            await arena.FaultAsync($"jump to {jump} h", async () =>
            {
                clock.JumpTo(jump * Hour);
                // Jobs that run across the jump, until it has seen it.
                await Arena.UntilAsync("the worker's clock jumps", async () =>
                {
                    await arena.InsertAsync(Graphs.Loose(6, milliseconds: 100));
                    return arena.History().Any(entry => entry.Actor == worker.Settings.Name && Math.Abs((entry.Wall - DateTime.UtcNow - (jump * Hour)).TotalMinutes) < 15);
                });
            });
        }

        await arena.WaitAsync();
        // It sleeps and wakes as before.
        await other.StopAsync();
        await arena.InsertAsync(Graphs.One());
        await arena.WaitAsync(10);
        await QuietAsync(arena);
    }

    private static async Task DatabaseJumpsAsync(Arena arena)
    {
        arena.Expected.ClockIsSteady = false;
        var clock = await FakeClock.AtAsync(arena, TimeSpan.Zero);
        await arena.StartDatabaseAsync(wrapper: clock.Wrapper);
        var workers = await arena.StartWorkersAsync(2, settings => settings with { Concurrency = 2 });
        var victim = workers[0];
        var run = await arena.InsertAsync(Graphs.Loose(4, act: "gate"));
        foreach (var worker in workers) await worker.HearAsync("start", 2);
        clock.JumpTo(-2 * Hour);
        await JumpedAsync(arena, "now() < $1 - interval '1 hour'");
        foreach (var worker in workers) worker.Say("open *");
        // What becomes ready now is due before all that was taken before.
        await arena.FaultAsync("jump back", () => Task.CompletedTask);
        var after = await arena.InsertAsync(Graphs.Chain(3));
        await arena.WaitAsync(30);
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job is { Status: JobStatus.Finished, Losses: 0 }), "the jobs that ran across the jump finished");
        Arena.Require((await after.GetAsync()).Status == RunStatus.Finished, "jobs that came after the jump ran");
        await ShowsNoNegativeAsync(arena);
        // A lease that was given before a jump lasts longer, and then ends.
        await arena.InsertAsync(Graphs.Loose(4, act: "gate-if-lost"));
        clock.JumpTo(TimeSpan.Zero);
        await JumpedAsync(arena, "now() > $1 - interval '1 hour'");
        await arena.FaultAsync("jump ahead", () => Task.CompletedTask);
        await arena.InsertAsync(Graphs.Chain(3));
        foreach (var worker in workers) worker.Say("open *");
        await victim.KillAsync();
        await arena.WaitAsync();
        await ShowsNoNegativeAsync(arena);
    }

    // A server's process looks at most a second later, the one of a connection as well as that of a new one.
    private static async Task JumpedAsync(Arena arena, string condition)
    {
        await Arena.UntilAsync(
            "the database's clock jumps",
            async () => await Db.CountAsync(arena.Database, $"SELECT ({condition.Replace("$1", $"'{DateTime.UtcNow:O}'::timestamptz", StringComparison.Ordinal)})::int") == 1);
        await Task.Delay(1100);
    }

    private static async Task ShowsNoNegativeAsync(Arena arena)
    {
        var negative = await Db.QueryAsync(
            arena.Database, "SELECT id || ': ' || started_at || ' to ' || finished_at FROM overseer.job_view WHERE finished_at < started_at OR finished_at < created_at OR started_at < created_at", row => row.GetString(0));
        Arena.Require(negative.Count == 0, $"no job took less than no time: {string.Join("; ", negative)}");
        var runs = await Db.QueryAsync(arena.Database, "SELECT id || ': ' || created_at || ' to ' || finished_at FROM overseer.run_view WHERE finished_at < created_at", row => row.GetString(0));
        Arena.Require(runs.Count == 0, $"no run took less than no time: {string.Join("; ", runs)}");
    }

    private static async Task QuietAsync(Arena arena)
    {
        Arena.Require((await TransitionLog.ReadAsync(arena.Database)).All(step => !step.IsLoss), "nothing was taken from anybody");
        Arena.Require(arena.History().All(entry => entry.Op is not ("cancelled" or "dead" or "swept")), "nobody was taken for dead");
    }
}
