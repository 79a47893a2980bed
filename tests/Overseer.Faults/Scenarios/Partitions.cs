namespace Overseer.Faults;

/// <summary>F11, F21, F22: connections that are cut off, one by one or all of a worker's.</summary>
internal static class Partitions
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F11", "Only the heartbeat's connection is cut, again and again", BeatCutAsync),
        new("F11b", "Only the heartbeat's connection goes silent, for longer than the lease", BeatSilentAsync),
        new("F21", "The connection that listens goes silent, and stays open", ListenerDeafAsync),
        new("F22", "The network of one worker is down for longer than its lease", UnpluggedAsync),
    ];

    private static bool Beats(ProxyLink link) => link.Said("SET beat_at");

    private static bool Listens(ProxyLink link) => link.Said("LISTEN \"");

    private static async Task BeatCutAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        var run = await arena.InsertAsync(Graphs.One(act: "gate"));
        var worker = await arena.StartWorkerAsync(settings => settings with { Store = proxy.Through(arena.Database), Tolerance = 40 });
        await arena.StartWorkerAsync(settings => settings with { Types = ["other"] });
        await worker.HearAsync("start");
        await arena.FaultAsync("beats cut", async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await Arena.UntilAsync("the worker beats", () => Task.FromResult(proxy.Links.Any(Beats)));
                Arena.Require(proxy.Cut(Beats) == 1, "one connection is the heartbeat's");
            }
        });
        worker.Say("open *");
        await arena.WaitAsync();
        Arena.Require(arena.History().Any(entry => entry is { Op: "error", Job: "beat" }), "beats failed");
        Arena.Require(arena.History().All(entry => entry.Op != "cancelled"), "no handler was cancelled");
        Arena.Require((await arena.Store.ListJobsAsync(run.Id))[0] is { Losses: 0, Attempt: 1 }, "the lease was never lost");
    }

    private static async Task BeatSilentAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        var heedful = await arena.InsertAsync(Graphs.One(act: "gate"));
        var heedless = await arena.InsertAsync(Graphs.One(act: "gate-deaf"));
        var worker = await arena.StartWorkerAsync(settings => settings with { Store = proxy.Through(arena.Database), Tolerance = 40 });
        await worker.HearAsync("start", 2);
        var other = await arena.StartWorkerAsync(settings => settings with { Tolerance = 100 });
        await Arena.UntilAsync("the worker beats", () => Task.FromResult(proxy.Links.Any(Beats)));
        await arena.FaultAsync("beats silent", async () =>
        {
            foreach (var link in proxy.Links.Where(Beats)) (link.IsMute, link.IsDeaf) = (true, true);
            // What heeds its token gives its job back in time, and uncounted; what does not loses it.
            await other.HearAsync("start", 2);
        });
        // The store's own patience with a beat is longer.
        if (!arena.IsLong) proxy.Cut(Beats);
        await arena.HasWrittenAsync("the worker learns that it was taken for dead", entry => entry is { Actor: "w1", Op: "dead" });
        other.Say("open *");
        worker.Say("open *");
        await arena.WaitAsync();
        var history = arena.History();
        Arena.Require((await arena.Store.ListJobsAsync(heedful.Id))[0] is { Losses: 0, Attempt: 1 }, "the job of the handler that heeds its token was given back uncounted");
        Arena.Require((await arena.Store.ListJobsAsync(heedless.Id))[0] is { Losses: 1, Attempt: 1 }, "the job of the other one was lost");
        var loss = (await TransitionLog.ReadAsync(arena.Database)).Single(step => step.IsLoss);
        Arena.Require(history.Single(entry => entry is { Actor: "w1", Op: "cancelled" }).Wall < loss.At, "the handler was cancelled before the lease was over");
        Arena.Require(history.Any(entry => entry is { Actor: "w1", Op: "log", Job: "LeasesInDoubt" }), "the log says that no beat lands");
        await other.StopAsync();
        await arena.InsertAsync(Graphs.One());
        await worker.HearAsync("start", 3);
        await arena.WaitAsync();
    }

    private static async Task ListenerDeafAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        // It finds nothing by itself in the time that this takes.
        var worker = await arena.StartWorkerAsync(settings => settings with { Store = proxy.Through(arena.Database), PollMilliseconds = 60_000, IdleMilliseconds = 60_000, Tolerance = 100 });
        await Arena.UntilAsync("the worker listens", () => Task.FromResult(proxy.Links.Any(Listens)));
        await PromptAsync(arena, worker);
        await arena.FaultAsync("deaf listener", async () =>
        {
            foreach (var link in proxy.Links.Where(Listens)) link.IsDeaf = true;
            await arena.InsertAsync(Graphs.One());
            await arena.HasWrittenAsync("the worker notices that nothing comes through", entry => entry is { Op: "log", Job: "ListeningLost" }, seconds: 10);
        });
        // What it was not told of.
        await arena.WaitAsync(10);
        await Arena.UntilAsync("it is rid of the connection", () => Task.FromResult(proxy.Links.All(link => !link.IsDeaf)), seconds: 10);
        for (var i = 0; i < 3; i++) await PromptAsync(arena, worker);
        await arena.WaitAsync();
        Arena.Require(arena.History().All(entry => entry.Job != "ReserveFailed" && entry.Job != "BeatFailed"), "nothing else was given the connection");
    }

    private static async Task PromptAsync(Arena arena, WorkerProcess worker)
    {
        await arena.InsertAsync(Graphs.One());
        await worker.HearAsync("start", worker.CountOf("start") + 1, TimeSpan.FromSeconds(5));
    }

    private static async Task UnpluggedAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var net = arena.Own(await Netns.MakeAsync());
        var proxy = arena.StartProxy(net.Address);
        var run = await arena.InsertAsync(Graphs.One(act: "gate-deaf"));
        var worker = arena.StartWorker(settings => settings with { Store = proxy.Through(arena.Database, net.Address.ToString()) }, net.Wrapper);
        await worker.ReadyAsync();
        await worker.HearAsync("start");
        var other = await arena.StartWorkerAsync();
        await arena.FaultAsync("unplugged", async () =>
        {
            await net.PullAsync();
            await other.HearAsync("start");
            // Its answer is on its way while the other one runs the job.
            worker.Say("open *");
            await worker.HearAsync("end");
            await net.PlugAsync();
        });
        await arena.HasWrittenAsync("the worker learns that its ending is stale", entry => entry is { Actor: "w1", Op: "log", Job: "StaleEnding" }, seconds: 60);
        await arena.HasWrittenAsync("the worker learns that it was taken for dead", entry => entry is { Actor: "w1", Op: "dead" }, seconds: 60);
        Arena.Require((await arena.Store.ListJobsAsync(run.Id))[0] is { Status: JobStatus.Started, Losses: 1, Attempt: 1 }, "the other one has the job still");
        other.Say("open *");
        await arena.WaitAsync();
        await other.StopAsync();
        await arena.InsertAsync(Graphs.One());
        await worker.HearAsync("start", 2);
        await arena.WaitAsync();
    }
}
