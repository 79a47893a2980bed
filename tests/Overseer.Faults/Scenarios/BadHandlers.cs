namespace Overseer.Faults;

/// <summary>F47 to F49: handlers that take their process down, never end, or leave something running.</summary>
internal static class BadHandlers
{
    private const int LossLimit = 3;

    // 96 MB.
    private static readonly Dictionary<string, string> SmallHeap = new() { ["DOTNET_GCHeapHardLimit"] = "0x6000000" };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F47", "A handler takes its process down, each time it runs", arena => PoisonAsync(arena, "fail-fast")),
        new("F47b", "A handler overflows the stack, each time it runs", arena => PoisonAsync(arena, "overflow")),
        new("F47c", "A handler fills the heap up to its limit, and does not give up", arena => PoisonAsync(arena, "exhaust")) { IsLong = true },
        new("F48", "A handler ignores its token for ever", arena => StuckAsync(arena, "gate-deaf")),
        new("F48b", "A handler blocks its thread for ever", arena => StuckAsync(arena, "gate-block")),
        new("F49", "A handler leaves a task behind, which uses the context of its attempt during the next one", LeftDuringAsync),
        new("F49b", "A handler finishes and leaves a task behind, which uses the context later", LeftAfterAsync),
    ];

    private static async Task PoisonAsync(Arena arena, string act)
    {
        await arena.StartDatabaseAsync();
        var builder = new JobGraphBuilder("poison");
        builder.Add(Graphs.New(0, "", 1), builder.Add(Graphs.New(0, act, 1)));
        var run = await arena.InsertAsync(builder.Build());
        // More than fit into the slots, so that there are some beside the poison at each of its tries.
        var neighbours = await arena.InsertAsync(Graphs.Loose(12, milliseconds: 100));
        var starts = 0;
        for (; starts < LossLimit + 2 && await IsActiveAsync(run, neighbours); starts++)
        {
            var worker = await arena.StartWorkerAsync(settings => settings with { LossLimit = LossLimit, Concurrency = 3 }, environment: act == "exhaust" ? SmallHeap : null);
            // As a supervisor does, which also looks whether it still works.
            await Arena.UntilAsync("the worker ends, or all is done", async () => worker.HasExited || !await IsActiveAsync(run, neighbours) || await IsForsakenAsync(arena));
            if (await IsActiveAsync(run, neighbours)) await worker.KillAsync();
        }

        await arena.WaitAsync();
        var jobs = await arena.Store.ListJobsAsync(run.Id);
        Arena.Require(jobs[0] is { Status: JobStatus.Failed, Reason: JobReason.WorkerLost, Losses: LossLimit }, $"the poison failed after {LossLimit} workers; it is {jobs[0].Status}, {jobs[0].Reason}, losses {jobs[0].Losses}");
        Arena.Require(jobs[0].Failure is { Message.Length: > 0 }, "it says why");
        Arena.Require(jobs[1].Reason == JobReason.DependencyFailed, "what depends on it never ran");
        var beside = await arena.Store.ListJobsAsync(neighbours.Id);
        // A worker holds one job with losses at a time, so who was beside the poison once never is again.
        Arena.Require(beside.All(job => job is { Status: JobStatus.Finished, Losses: <= 1, Attempt: 1 }), $"its neighbours finished, and none was charged twice: {string.Join(", ", beside.Select(job => $"{job.Status} {job.Losses}"))}");
        Arena.Require(starts <= LossLimit + 1, $"it took down {LossLimit} workers, of {starts}");
    }

    private static async Task<bool> IsActiveAsync(params RunHandle[] runs)
    {
        foreach (var run in runs)
        {
            if ((await run.GetAsync()).Status == RunStatus.Active) return true;
        }

        return false;
    }

    private static async Task<bool> IsForsakenAsync(Arena arena) =>
        await Db.CountAsync(arena.Database, "SELECT count(*) FROM overseer.worker WHERE beat_at + lease_time >= now()") == 0;

    private static async Task StuckAsync(Arena arena, string act)
    {
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.One(act: act));
        var worker = await arena.StartWorkerAsync(settings => settings with { Concurrency = 2, DrainMilliseconds = 0 });
        await worker.HearAsync("start");
        var others = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 4, width: 6, longest: 20));
        await Arena.UntilAsync("other jobs go on in the other slot", async () => (await others.GetAsync()).Status == RunStatus.Finished);
        Arena.Require((await arena.Store.ListJobsAsync(run.Id))[0] is { Status: JobStatus.Started, Losses: 0 }, "the job is not lost");
        if (arena.IsLong)
        {
            // An operator ends it; who ignores that for half a minute is named.
            await run.CancelAsync();
            await arena.LoggedAsync(worker, "TokenIgnored");
            Arena.Require(await worker.StopAsync() == 0, "the worker ends well");
            return;
        }

        Arena.Require(await worker.StopAsync() == 0, "the worker ends well");
        await arena.LoggedAsync(worker, "TokenIgnored");
        Arena.Require((await arena.Store.ListJobsAsync(run.Id))[0] is { Status: JobStatus.Unstarted, Attempt: 0, Losses: 0 }, "the job is given back as if it had never been started");
        var next = await arena.StartWorkerAsync();
        next.Say("open *");
        await arena.WaitAsync();
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "another worker runs it");
    }

    private static async Task LeftDuringAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.Acts(["leave-behind"], maxAttempts: 2));
        var worker = await arena.StartWorkerAsync();
        await worker.HearAsync("start", 2);
        await UseLateAsync(arena, worker);
        Arena.Require((await arena.Store.ListJobsAsync(run.Id))[0] is { Status: JobStatus.Started, Attempt: 2 }, "the second attempt goes on");
        worker.Say("open *");
        await arena.WaitAsync();
        Arena.Require((await arena.Store.ListJobsAsync(run.Id))[0] is { Status: JobStatus.Finished, Attempt: 2, Failure: null }, "the second attempt finished");
    }

    private static async Task LeftAfterAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.Acts(["leave-behind-and-finish"]));
        var worker = await arena.StartWorkerAsync();
        await arena.WaitAsync();
        await UseLateAsync(arena, worker);
        var more = await arena.InsertAsync(Graphs.One());
        await arena.WaitAsync();
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished && (await more.GetAsync()).Status == RunStatus.Finished, "the run stays finished, and the worker goes on");
    }

    private static async Task UseLateAsync(Arena arena, WorkerProcess worker)
    {
        worker.Say("open leftover");
        await worker.HearAsync("late ");
        // Finalizes the task, of whose exception nobody heard.
        worker.Say("stats");
        await worker.HearAsync("stats");
        Arena.Require(!arena.History().Any(entry => entry.Op == "late-use"), "every use of the context was refused");
    }
}
