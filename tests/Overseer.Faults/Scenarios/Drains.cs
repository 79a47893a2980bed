namespace Overseer.Faults;

/// <summary>F12 to F14: workers that are asked to stop.</summary>
internal static class Drains
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F12", "A worker is asked to stop while short, long and stuck handlers run", DrainedAsync),
        new("F13", "A worker is asked a second time to stop, before its drain time is over", HurriedAsync),
        new("F13b", "A worker is killed while it drains", KilledInDrainAsync),
        new("F14", "New workers start while old ones of the same host name and process id still run", OverlapAsync),
    ];

    private static async Task DrainedAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        // One that ends in time, one that ends only when it is cancelled, one that ignores even that; and all slots are full.
        var run = await arena.InsertAsync(Graphs.Acts(["gate", "gate", "gate-deaf"]));
        var old = await arena.StartWorkerAsync(settings => settings with { Concurrency = 3, DrainMilliseconds = 700 });
        await old.HearAsync("start", 3);
        old.Signal(Shell.Terminate);
        await arena.LoggedAsync(old, "WorkerStopping");
        var more = await arena.InsertAsync(Graphs.Loose(5));
        old.Say($"open {JobId.For(run.Id, 0).Value}");
        await old.HearAsync("end");
        Arena.Require(await old.ExitAsync() == 0, "it ends well");
        Arena.Require(arena.History().All(entry => entry.Op != "claim" || JobId.TryParse(entry.Job, out var of, out _) && of != more.Id), "it claims nothing more");
        var jobs = await arena.Store.ListJobsAsync(run.Id);
        Arena.Require(jobs[0].Status == JobStatus.Finished, "what ended in time has finished");
        Arena.Require(jobs.Skip(1).All(IsUntouched), $"the rest is given back as if it had never been started: {string.Join(", ", jobs.Skip(1).Select(job => $"{job.Status}, attempt {job.Attempt}, losses {job.Losses}"))}");
        Arena.Require(old.CountOf("cancelled") == 1, "a handler that heeds its token was cancelled");
        Arena.Require(await Db.CountAsync(arena.Database, "SELECT count(*) FROM overseer.worker") == 0, "it took its leave");
        var next = await arena.StartWorkerAsync();
        next.Say("open *");
        await arena.WaitAsync();
        jobs = await arena.Store.ListJobsAsync(run.Id);
        Arena.Require(jobs.All(job => job is { Status: JobStatus.Finished, Attempt: 1, Losses: 0 }), "all finished at their first attempt");
    }

    private static bool IsUntouched(Job job) => job is { Status: JobStatus.Unstarted, Attempt: 0, Losses: 0, Failure: null };

    private static async Task HurriedAsync(Arena arena)
    {
        var (run, old) = await DrainingAsync(arena);
        old.Signal(Shell.Terminate);
        Arena.Require(await old.ExitAsync() == 0, "it ends well, long before its drain time is over");
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(IsUntouched), "its jobs are given back as if they had never been started");
        await NextAsync(arena, run, losses: 0);
    }

    private static async Task KilledInDrainAsync(Arena arena)
    {
        var (run, old) = await DrainingAsync(arena);
        await arena.FaultAsync("kill", old.KillAsync);
        await NextAsync(arena, run, losses: 1);
    }

    private static async Task<(RunHandle Run, WorkerProcess Old)> DrainingAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.Acts(["gate", "gate"]));
        var old = await arena.StartWorkerAsync(settings => settings with { DrainMilliseconds = 600_000 });
        await old.HearAsync("start", 2);
        old.Signal(Shell.Terminate);
        await arena.LoggedAsync(old, "WorkerStopping");
        return (run, old);
    }

    private static async Task NextAsync(Arena arena, RunHandle run, int losses)
    {
        var next = await arena.StartWorkerAsync();
        next.Say("open *");
        await arena.WaitAsync();
        var jobs = await arena.Store.ListJobsAsync(run.Id);
        Arena.Require(jobs.All(job => job is { Status: JobStatus.Finished, Attempt: 1 } && job.Losses == losses), $"all finished at their first attempt, with {losses} losses");
    }

    private static async Task OverlapAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var deploys = arena.IsLong ? 20 : 2;
        var old = await StartAsync(arena);
        for (var deploy = 0; deploy < deploys; deploy++)
        {
            var before = old.CountOf("start");
            var run = await arena.InsertAsync(Graphs.Acts(["gate", "gate"]));
            await old.HearAsync("start", before + 2);
            var next = await StartAsync(arena);
            Arena.Require(await Db.CountAsync(arena.Database, "SELECT count(DISTINCT label) FROM overseer.worker") == 1, "both say the same of who they are");
            Shell.Signal(ProcessOf(old), Shell.Terminate);
            await arena.LoggedAsync(old, "WorkerStopping");
            await LeaseTimePassesAsync(arena);
            Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job is { Status: JobStatus.Started, Losses: 0 }), "the old worker keeps its jobs for as long as it runs");
            old.Say("open *");
            Arena.Require(await old.ExitAsync() == 0, "the old worker ends well");
            Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "the old worker has finished its jobs");
            await arena.InsertAsync(Graphs.One());
            await next.HearAsync("start");
            old = next;
        }

        await arena.WaitAsync();
        Shell.Signal(ProcessOf(old), Shell.Terminate);
        await old.ExitAsync();
        Arena.Require((await TransitionLog.ReadAsync(arena.Database)).All(step => step.To != JobStatus.Unstarted), "no job was taken back");
    }

    // Each is process 1 of its own namespace, as in containers; where that is not allowed, only the host is the same.
    private static Task<WorkerProcess> StartAsync(Arena arena) =>
        arena.StartWorkerAsync(settings => settings with { DrainMilliseconds = 60_000 }, Shell.IsRoot ? ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"] : null);

    private static int ProcessOf(WorkerProcess worker) =>
        Shell.IsRoot ? int.Parse(File.ReadAllText($"/proc/{worker.Id}/task/{worker.Id}/children").Split(' ')[0], null) : worker.Id;

    // Long enough for whoever would take the old worker for dead.
    private static async Task LeaseTimePassesAsync(Arena arena)
    {
        var since = (await Db.QueryAsync(arena.Database, "SELECT now()", row => row.GetDateTime(0)))[0];
        await Arena.UntilAsync(
            "both have beaten for longer than a lease time",
            async () => await Db.CountAsync(arena.Database, $"SELECT count(*) FROM overseer.worker WHERE beat_at > '{since:O}'::timestamptz + lease_time") == 2);
    }
}
