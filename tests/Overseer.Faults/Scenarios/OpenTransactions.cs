namespace Overseer.Faults;

/// <summary>F4, F9: processes that die or stand still in the middle of a transaction.</summary>
internal static class OpenTransactions
{
    private const int Jobs = 10_000;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F4", "A client is killed in the middle of the insert of a graph", KilledInInsertAsync),
        new("F9", "A worker stands still in the middle of a transaction", StoppedInTransactionAsync),
    ];

    private static async Task KilledInInsertAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        await using var barrier = await Barrier.RaiseAsync(arena.Database, "overseer.job", "BEFORE INSERT", $"new.no = {Jobs / 2}");
        var client = arena.StartWorker(settings => settings with { Program = "client", Jobs = Jobs });
        await barrier.ReachedAsync();
        await NothingAsync(arena);
        await client.KillAsync();
        await barrier.DropAsync();
        await Arena.UntilAsync("the server gives up what the client began", async () => await Db.CountAsync(arena.Database, OpenCount) == 0);
        await NothingAsync(arena);
        Arena.Require(client.CountOf("inserted") == 0, "the client was killed before it was answered");
        var graph = Graphs.Named(Jobs, client.Settings.Name);
        var run = await arena.InsertAsync(graph);
        Arena.Require(!run.AlreadyExisted, "the same graph is inserted as if it had never been tried");
        Arena.Require((await arena.InsertAsync(graph)).AlreadyExisted, "it is there once");
        Arena.Require(await run.CancelAsync() == Jobs, "it is there whole");
    }

    private const string OpenCount = "SELECT count(*) FROM pg_stat_activity WHERE xact_start IS NOT NULL AND backend_type = 'client backend' AND application_name <> 'test'";

    private static async Task NothingAsync(Arena arena)
    {
        foreach (var table in new[] { "run", "job", "edge", "ready", "job_name" })
            Arena.Require(await Db.CountAsync(arena.Database, $"SELECT count(*) FROM overseer.{table}") == 0, $"nothing is visible in {table}", "I4");
    }

    private static async Task StoppedInTransactionAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var builder = new JobGraphBuilder("stopped");
        builder.Add(Graphs.New(0, "", 1), builder.Add(Graphs.New(0, "throw-unless-lost", 1)));
        var run = await arena.InsertAsync(builder.Build());
        // After the failing job is locked and written, and before its dependent is closed.
        await using var barrier = await Barrier.RaiseAsync(arena.Database, "overseer.job", "AFTER UPDATE", "new.status = 3");
        var stopped = await arena.StartWorkerAsync(settings => settings with { IdleLimit = arena.IsLong ? null : "3s" });
        await barrier.ReachedAsync();
        var other = await arena.StartWorkerAsync();
        stopped.Signal(Shell.Stop);
        var more = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 3, width: 5, longest: 5));
        await Arena.UntilAsync("others go on", async () => (await more.GetAsync()).Status == RunStatus.Finished);
        Arena.Require(await barrier.HeldAsync() == 1, "its transaction was open all the time");
        await barrier.DropAsync();
        await Arena.UntilAsync("its transaction is still open, and idle", () => IsIdleAsync(arena));
        await arena.WaitAsync(arena.IsLong ? 60 : 15);
        Arena.Require(!await IsIdleAsync(arena), "the server has ended its transaction");
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job.Status == JobStatus.Finished), "the other worker ran what it held");
        stopped.Signal(Shell.Continue);
        await Arena.UntilAsync("it learns that it was taken for dead", () => Task.FromResult(arena.History().Any(entry => entry.Actor == "w1" && entry.Op == "dead")));
        await arena.LoggedAsync(stopped, "StaleEnding");
        Arena.Require(other.CountOf("start") >= 2 && await stopped.StopAsync() == 0, "both go on");
    }

    private static async Task<bool> IsIdleAsync(Arena arena) =>
        await Db.CountAsync(arena.Database, "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'") == 1;
}
