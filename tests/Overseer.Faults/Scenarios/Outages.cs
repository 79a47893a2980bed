namespace Overseer.Faults;

/// <summary>F16, F18: a database that is away for longer, or is another one when it comes back.</summary>
internal static class Outages
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F16", "The database is stopped while handlers run, and comes back before their leases are over", arena => StoppedAsync(arena, leaseSurvives: true)),
        new("F16b", "The database is stopped for longer than all leases", arena => StoppedAsync(arena, leaseSurvives: false)),
        new("F18", "The server is lost, and a standby takes over that was behind and could at first only be read", FailoverAsync),
    ];

    private static async Task StoppedAsync(Arena arena, bool leaseSurvives)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        var run = await arena.InsertAsync(Graphs.Loose(6, act: "gate"));
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 6, width: 10, longest: 30));
        var workers = await arena.StartWorkersAsync(2, settings => settings with
        {
            Store = proxy.Through(arena.Database),
            Concurrency = 8,
            BeatMilliseconds = leaseSurvives ? 5000 : 500,
            Tolerance = 4,
        });
        await Arena.UntilAsync("all gates are waited at", () => Task.FromResult(workers.Sum(worker => worker.CountOf("start")) >= 6));
        var seconds = leaseSurvives ? 5 : arena.IsLong ? 300 : 4;
        await arena.FaultAsync("outage", async () =>
        {
            await arena.Cluster.StopFastAsync();
            if (leaseSurvives) foreach (var worker in workers) worker.Say("open *");
            await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0));
            var before = proxy.Tries;
            await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0));
            var tries = (proxy.Tries - before) / (seconds / 2.0) / workers.Length;
            arena.Log($"{tries:F1} tries a second and process");
            // Beats and sweeps keep their pace, which is here a hundred times as fast as usual.
            var most = leaseSurvives ? 3 : 6;
            Arena.Require(tries <= most, $"a process tries at most {most} times a second: {tries}");
            await arena.Cluster.StartServerAsync();
        });
        arena.MoveTo(arena.Cluster);
        foreach (var worker in workers) worker.Say("open *");
        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
        await arena.RequireNoFailureAsync();
        var errors = arena.History().Where(entry => entry.Op == "error").Select(entry => entry.Actor).Distinct().Count();
        Arena.Require(errors == workers.Length, "both noticed");
        if (!leaseSurvives) return;
        Arena.Require(arena.History().All(entry => entry.Op != "cancelled"), "no handler was cancelled");
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job is { Status: JobStatus.Finished, Attempt: 1, Losses: 0 }), "what handlers returned was kept and recorded");
    }

    private static async Task FailoverAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        var standby = await arena.FollowAsync();
        var run = await arena.InsertAsync(Graphs.Loose(4, act: "gate"));
        var workers = await arena.StartWorkersAsync(2, settings => settings with { Store = proxy.Through(arena.Database), Concurrency = 2, BeatMilliseconds = 300, Tolerance = 100 });
        foreach (var worker in workers) await worker.HearAsync("start", 2);
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 4, width: 8, longest: 20, key: "waits"));
        await CaughtUpAsync(arena.Database, standby.ConnectionString);
        await Db.ExecuteAsync(standby.ConnectionString, "ALTER SYSTEM SET primary_conninfo = ''");
        await Db.ExecuteAsync(standby.ConnectionString, "SELECT pg_reload_conf()");
        await Arena.UntilAsync("the standby is behind", async () => await Db.CountAsync(standby.ConnectionString, "SELECT count(*) FROM pg_stat_wal_receiver") == 0);
        // Answered, and lost: the standby follows asynchronously.
        await arena.InsertAsync(Graphs.One(key: "lost", type: "other"));
        arena.Expected.MayLoseRuns = 1;
        await arena.FaultAsync("failover", async () =>
        {
            await arena.Cluster.StopHardAsync();
            proxy.Upstream = standby.Socket;
            foreach (var worker in workers) worker.Say("open *");
            foreach (var verb in new[] { "beat", "end" })
            {
                await arena.HasWrittenAsync($"a {verb} is refused by the standby", entry => entry.Op == "error" && entry.Job == verb && entry.Result.Contains("can only be read", StringComparison.Ordinal));
            }

            await standby.PromoteAsync();
            arena.MoveTo(standby);
        });
        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
        await arena.RequireNoFailureAsync();
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job is { Status: JobStatus.Finished, Attempt: 1, Losses: 0 }), "what handlers returned was kept and recorded");
        Arena.Require(await arena.Store.FindRunAsync("lost") is null, "what the standby had not got is gone");
        // The same again is no conflict.
        await arena.InsertAsync(Graphs.One(key: "lost"));
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 3, width: 5, longest: 20));
        await arena.WaitAsync();
    }

    private static async Task CaughtUpAsync(string primary, string standby)
    {
        var written = (await Db.QueryAsync(primary, "SELECT pg_current_wal_lsn()::text", row => row.GetString(0)))[0];
        await Arena.UntilAsync("the standby has caught up", async () => await Db.CountAsync(standby, $"SELECT (pg_last_wal_replay_lsn() >= '{written}')::int") == 1);
    }
}
