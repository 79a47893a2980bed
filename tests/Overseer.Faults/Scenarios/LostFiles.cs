namespace Overseer.Faults;

/// <summary>F68: SQLite files that cannot be used, or no longer.</summary>
internal static class LostFiles
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F68", "A SQLite file is moved away while workers run, and back", MovedAsync),
        new("F68b", "A SQLite file is deleted while workers run, and restored from a backup", arena => RestoredAsync(arena, file => Remove(file), "deleted, moved or replaced", "there is no such file")),
        new("F68c", "The folder of a SQLite file is deleted while workers run, and both are restored from a backup", arena => RestoredAsync(arena, file => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true), "deleted, moved or replaced", "there is no such file")),
        new("F68d", "A SQLite file is cut off while workers run, and restored from a backup", arena => RestoredAsync(arena, CutOff, "damaged", "damaged")),
        new("F68e", "The rights to a SQLite file are taken from a worker that runs, and given back", RightsAsync),
        new("F68f", "Workers start on SQLite files that they may not use", RefusedAsync),
    ];

    private static async Task MovedAsync(Arena arena)
    {
        var folder = Folder(arena, "data");
        await arena.StartFileAsync(folder);
        var gated = await arena.InsertAsync(Graphs.Loose(4, act: "gate"));
        var workers = await arena.StartWorkersAsync(2, settings => settings with { Tolerance = 100 });
        await Arena.UntilAsync("all gates are waited at", () => Task.FromResult(workers.Sum(worker => worker.CountOf("start")) >= 4));
        await arena.FaultAsync("file moved away", async () =>
        {
            foreach (var end in new[] { "", "-wal", "-shm" }) File.Move(arena.Database + end, $"{arena.Folder}/away{end}");
            foreach (var worker in workers) worker.Say("open *");
            await ToldAsync(arena, workers, "deleted, moved or replaced", "there is no such file");
            // The file itself comes last: without its log it would be an older one.
            foreach (var end in new[] { "-wal", "-shm", "" }) File.Move($"{arena.Folder}/away{end}", arena.Database + end);
        });
        await arena.InsertUntilAnsweredAsync(Graphs.Layers(arena.Random, layers: 5, width: 10, longest: 10, key: "more"));
        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
        Arena.Require((await arena.Store.ListJobsAsync(gated.Id)).All(job => job is { Status: JobStatus.Finished, Attempt: 1, Losses: 0 }), "what handlers returned was kept and recorded");
    }

    private static async Task RestoredAsync(Arena arena, Action<string> lose, params string[] says)
    {
        var folder = Folder(arena, "data");
        await arena.StartFileAsync(folder);
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 3, width: 5, longest: 10));
        var workers = await arena.StartWorkersAsync(2);
        await arena.WaitAsync();
        await using (var program = HeldFile.Open(arena.Database)) await program.ExecuteAsync($"VACUUM INTO '{arena.Folder}/backup'; PRAGMA wal_checkpoint(TRUNCATE)");
        await arena.FaultAsync("file lost", async () =>
        {
            lose(arena.Database);
            await ToldAsync(arena, workers, says);
            Remove(arena.Database);
            Directory.CreateDirectory(folder);
            File.Move($"{arena.Folder}/backup", arena.Database);
        });
        await arena.InsertUntilAnsweredAsync(Graphs.Layers(arena.Random, layers: 5, width: 10, longest: 10, key: "more"));
        await arena.WaitAsync();
        foreach (var worker in workers) Arena.Require(await worker.StopAsync() == 0, "the workers go on, and stop when they are told to");
        Arena.Require((await Db.QueryAsync(arena.Database, "PRAGMA overseer.journal_mode", row => row.GetString(0)))[0] == "wal", "the restored file has a write-ahead log again");
    }

    // Each worker, and the client, is told one of these in its turn; and none of them ends.
    private static async Task ToldAsync(Arena arena, IReadOnlyList<WorkerProcess> workers, params string[] says)
    {
        for (var i = 0; i < says.Length; i++)
        {
            var error = await FullFileDisks.RefusalAsync(arena, Graphs.One(key: $"refused-{i}"));
            Arena.Require(error is not null && arena.Store.IsTransient(error) && Says(error.Message), $"the client is told what is wrong with the file: {error}");
        }

        foreach (var worker in workers)
            await arena.HasWrittenAsync($"{worker.Settings.Name} is told: {says[^1]}", entry => entry.Actor == worker.Settings.Name && entry.Op == "error" && Says(entry.Result));

        bool Says(string message) => message.Contains($"Store '{arena.Database}' cannot be used: ", StringComparison.Ordinal) && says.Any(say => message.Contains(say, StringComparison.Ordinal));
    }

    private static async Task RightsAsync(Arena arena)
    {
        var folder = Folder(arena, "data");
        await arena.StartFileAsync(folder);
        await arena.InsertAsync(Graphs.One());
        await GiveAsync(arena.Folder);
        var worker = await arena.StartWorkerAsync(wrapper: Nobody);
        await arena.FaultAsync("rights taken", async () =>
        {
            await Shell.RunAsync("chmod", "000", arena.Database);
            var run = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 5, width: 10, longest: 10));
            await Arena.UntilAsync("who has the file open goes on", async () => (await run.GetAsync()).Status == RunStatus.Finished);
            await RefusedAsync(arena, arena.Database, "it cannot be opened. Check that");
            await Shell.RunAsync("chmod", "644", arena.Database);
        });
        await worker.KillAsync();
        await arena.StartWorkerAsync(wrapper: Nobody);
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 5, width: 10, longest: 10));
        await arena.WaitAsync();
    }

    private static async Task RefusedAsync(Arena arena)
    {
        foreach (var name in new[] { "locked", "marked", "closed" }) await using (var store = new SqliteJobStore($"{Folder(arena, name)}/jobs.db")) await store.InstallAsync();
        await GiveAsync(arena.Folder);
        await Shell.RunAsync("chmod", "000", $"{arena.Folder}/locked/jobs.db");
        await Shell.RunAsync("chmod", "400", $"{arena.Folder}/marked/jobs.db");
        await Shell.RunAsync("chmod", "500", $"{arena.Folder}/closed");
        await Task.WhenAll(
            RefusedAsync(arena, $"{arena.Folder}/missing/jobs.db", $"its folder does not exist. Create '{arena.Folder}/missing'"),
            RefusedAsync(arena, $"{arena.Folder}/locked/jobs.db", "it cannot be opened. Check that"),
            RefusedAsync(arena, $"{arena.Folder}/marked/jobs.db", "the file is read-only. Make it writable"),
            RefusedAsync(arena, $"{arena.Folder}/closed/jobs.db", $"its folder '{arena.Folder}/closed' is read-only"));
    }

    private static async Task RefusedAsync(Arena arena, string file, string says)
    {
        var worker = arena.StartWorker(settings => settings with { Store = file, StartsAgain = false }, Nobody);
        Arena.Require(await worker.ExitAsync() != 0 && worker.Errors.Contains($"Store '{file}' cannot be used: {says}", StringComparison.Ordinal), $"a worker that starts is told that {says}: {worker.Errors}");
    }

    // Root may do everything, whatever the rights say.
    private static string[] Nobody => Shell.IsRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : [];

    private static async Task GiveAsync(string folder)
    {
        if (Shell.IsRoot) await Shell.RunAsync("chown", "-R", "65534:65534", folder);
    }

    private static string Folder(Arena arena, string name) => Directory.CreateDirectory($"{arena.Folder}/{name}").FullName;

    private static void Remove(string file)
    {
        if (!Directory.Exists(Path.GetDirectoryName(file))) return;
        foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(file + end);
    }

    // Not opened here as a file: closing it would drop this process's locks on it.
    private static void CutOff(string file) => Shell.RunAsync("truncate", "-s", "0", file).GetAwaiter().GetResult();
}
