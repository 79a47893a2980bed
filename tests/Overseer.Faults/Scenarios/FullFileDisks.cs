namespace Overseer.Faults;

/// <summary>F31: disks that are full under a SQLite file.</summary>
internal static class FullFileDisks
{
    private const string Says = "the disk is full. Free some space";

    public static IReadOnlyList<Scenario> All { get; } = [new("F31", "The disk of a SQLite file is full for a while", FullAsync)];

    private static async Task FullAsync(Arena arena)
    {
        var disk = arena.Own(await Tmpfs.MountAsync(megabytes: 16));
        await arena.StartFileAsync(disk.Path);
        var gated = await arena.InsertAsync(Graphs.Loose(4, act: "gate"));
        var workers = await arena.StartWorkersAsync(2, settings => settings with { Tolerance = 100 });
        await Arena.UntilAsync("all gates are waited at", () => Task.FromResult(workers.Sum(worker => worker.CountOf("start")) >= 4));
        var refused = Graphs.Loose(1000, key: "refused");
        await arena.FaultAsync("full disk", async () =>
        {
            disk.Fill();
            var late = arena.StartWorker(settings => settings with { StartsAgain = false });
            var error = await RefusalAsync(arena, refused);
            Arena.Require(error is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 13 } && error.Message.Contains(Says, StringComparison.Ordinal), $"the insert is refused for what it is: {error}");
            Arena.Require(arena.Store.IsTransient(error!), "it may be tried again");
            Arena.Require(await arena.Store.FindRunAsync("refused") is null, "nothing of it is left, and reading goes on");
            foreach (var worker in workers) worker.Say("open *");
            foreach (var worker in workers)
                await arena.HasWrittenAsync($"{worker.Settings.Name} is told that the disk is full", entry => entry.Actor == worker.Settings.Name && entry.Op == "error" && entry.Result.Contains(Says, StringComparison.Ordinal));
            Arena.Require(await late.ExitAsync() != 0 && late.Errors.Contains(Says, StringComparison.Ordinal), $"who starts meanwhile is refused for what it is: {late.Errors}");
            disk.Free();
        });
        Arena.Require(!(await arena.InsertAsync(refused)).AlreadyExisted, "the same graph is inserted as if it had never been tried");
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 5, width: 10, longest: 10));
        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
        Arena.Require((await arena.Store.ListJobsAsync(gated.Id)).All(job => job is { Status: JobStatus.Finished, Attempt: 1, Losses: 0 }), "what handlers returned was kept and recorded");
    }

    public static async Task<Exception?> RefusalAsync(Arena arena, JobGraph graph)
    {
        try
        {
            await arena.InsertAsync(graph);
            return null;
        }
        catch (Exception error) when (error is OverseerException or System.Data.Common.DbException)
        {
            return error;
        }
    }
}
