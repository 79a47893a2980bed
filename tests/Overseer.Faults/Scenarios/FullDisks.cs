using Npgsql;

namespace Overseer.Faults;

/// <summary>F29, F30: a database whose disk is full. They need root, to mount small disks.</summary>
internal static class FullDisks
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F29", "The disk of the data is full, and has room again", DataAsync),
        new("F30", "The disk of the whole server is full, and has room again", AllAsync),
    ];

    private static async Task DataAsync(Arena arena)
    {
        var disk = arena.Own(await Tmpfs.MountAsync(32));
        await arena.StartDatabaseAsync();
        var place = await disk.FolderAsync("s");
        await Db.ExecuteAsync(arena.Database, $"CREATE TABLESPACE small LOCATION '{place}'");
        await Db.ExecuteAsync(arena.Database, "ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE small");
        await Db.ExecuteAsync(arena.Database, "ALTER INDEX ALL IN TABLESPACE pg_default SET TABLESPACE small");
        var run = await arena.InsertAsync(Graphs.Loose(4, act: "gate"));
        var workers = await arena.StartWorkersAsync(2, settings => settings with { Concurrency = 2, LossLimit = 100, Tolerance = 50 });
        foreach (var worker in workers) await worker.HearAsync("start", 2);
        for (var i = 0; i < 2; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 5, width: 20, longest: 10));
        await arena.FaultAsync("disk full", async () =>
        {
            disk.Fill();
            var refused = 0;
            // What fits into pages that are there still goes in.
            while (refused < 3)
            {
                try
                {
                    await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 10, width: 30, longest: 0, key: $"full-{refused}"));
                    refused = 0;
                }
                catch (PostgresException error)
                {
                    Arena.Require(error.SqlState == PostgresErrorCodes.DiskFull && error.MessageText.Contains("No space left", StringComparison.Ordinal), $"the error says that the disk is full: {error.Message}");
                    Arena.Require(arena.Store.IsTransient(error), "an insert that found no room can be tried again");
                    Arena.Require(await arena.Store.FindRunAsync($"full-{refused++}") is null, "nothing is left of it");
                }
            }

            foreach (var worker in workers) worker.Say("open *");
            await workers[0].HearAsync("end", 2);
            await arena.HasWrittenAsync("workers meet it too", entry => entry.Op == "error" && entry.Result.StartsWith(PostgresErrorCodes.DiskFull, StringComparison.Ordinal));
            disk.Free();
        });
        for (var i = 0; i < 3; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 4, width: 10, longest: 0, key: $"full-again-{i}"));
        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
        await arena.RequireNoFailureAsync();
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job.Status == JobStatus.Finished), "the jobs that ran finished");
    }

    private static async Task AllAsync(Arena arena)
    {
        var disk = arena.Own(await Tmpfs.MountAsync(128));
        await arena.StartDatabaseAsync("-c max_wal_size=64MB -c min_wal_size=32MB", await disk.FolderAsync("s"));
        for (var i = 0; i < 3; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 8, width: 15, longest: 60));
        var workers = await arena.StartWorkersAsync(2, settings => settings with { LossLimit = 100 });
        await workers[0].HearAsync("start", 10);
        await arena.FaultAsync("disk full", async () =>
        {
            disk.Fill();
            var crashed = arena.Cluster.CountInLog("PANIC");
            try
            {
                // Until the log needs a segment for which there is no room.
                for (var i = 0; i < 200; i++) await Db.ExecuteAsync(arena.Database, "SELECT pg_logical_emit_message(false, 'test', repeat('x', 1000000)), pg_switch_wal()");
            }
            catch (NpgsqlException)
            {
                // It went down.
            }

            await arena.HasWrittenAsync("workers meet it", entry => entry.Op == "error");
            disk.Free();
            // It may come back by itself, or have given up.
            try
            {
                await arena.Cluster.StopHardAsync();
            }
            catch (InvalidOperationException)
            {
                // It is down.
            }

            await arena.Cluster.StartServerAsync();
        });
        arena.MoveTo(arena.Cluster);
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 4, width: 10, longest: 10));
        await arena.WaitAsync();
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
        await arena.RequireNoFailureAsync();
    }
}
