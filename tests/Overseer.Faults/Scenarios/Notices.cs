using Npgsql;

namespace Overseer.Faults;

/// <summary>F28: a database that cannot notify.</summary>
internal static class Notices
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F28", "The queue of notifications is full", FullAsync),
        new("F28b", "The right to notify is taken away, and given back", RevokedAsync),
    ];

    // Only from version 17 on can the queue be made small; before, it takes 8 GB, so the functions say what they would.
    private const string Pretend =
        """
        CREATE SCHEMA test_full;
        CREATE FUNCTION test_full.pg_notification_queue_usage() RETURNS float8 LANGUAGE sql AS 'SELECT 1.0::float8';
        CREATE FUNCTION test_full.pg_notify(text, text) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'too many notifications in the NOTIFY queue' USING ERRCODE = 'program_limit_exceeded';
        END $$;
        ALTER DATABASE postgres SET search_path = test_full, pg_catalog, public;
        """;

    private static async Task FullAsync(Arena arena)
    {
        var isReal = await Cluster.VersionAsync() >= 17;
        await arena.StartDatabaseAsync(isReal ? "-c max_notify_queue_pages=64" : "");
        await using var listener = await Db.OpenAsync(arena.Database);
        if (isReal) await FillAsync(arena, listener);
        else await Db.ExecuteAsync(arena.Database, Pretend);
        arena.Log(isReal ? "the queue was filled" : "the queue pretends to be full");
        arena.MoveTo(arena.Cluster);
        var worker = await arena.StartWorkerAsync();
        // Each would tell the worker, if it could: by a statement, by COPY, in a transaction of the caller's; and the ends of jobs.
        await IdleAsync(arena);
        await arena.InsertAsync(Graphs.Chain(4));
        await IdleAsync(arena);
        await arena.InsertAsync(Graphs.Loose(3000));
        await IdleAsync(arena);
        await using (var connection = await Db.OpenAsync(arena.Database))
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await arena.Client.TransactAsync(Graphs.One(), transaction);
            await transaction.CommitAsync();
        }

        await IdleAsync(arena);
        var failed = await arena.InsertAsync(Graphs.One(act: "throw"));
        await arena.InsertAsync(Graphs.One(act: "fault-once"));
        await arena.InsertAsync(Graphs.Join(5, act: no => no == 0 ? "throw" : ""));
        await arena.WaitAsync();
        await IdleAsync(arena);
        Arena.Require(await arena.RetryFailedAsync(failed) == 1, "what failed is tried again");
        await arena.WaitAsync();
        Arena.Require(await Db.CountAsync(arena.Database, "SELECT count(*) FROM overseer.job WHERE status = 3") == 2, "two jobs failed, as they were told to");
        Arena.Require(arena.History().All(entry => entry.Op is not ("error" or "insert-failed")), "nothing failed because nobody could be told");
        Arena.Require(await worker.StopAsync() == 0, "the worker stops as always");
    }

    // A session that listens and stays in a transaction keeps everything that comes after.
    private static async Task FillAsync(Arena arena, NpgsqlConnection listener)
    {
        await using (var listen = new NpgsqlCommand("LISTEN test", listener)) await listen.ExecuteNonQueryAsync();
        await using (var begin = new NpgsqlCommand("BEGIN; SELECT 1", listener)) await begin.ExecuteNonQueryAsync();
        try
        {
            while (true) await Db.ExecuteAsync(arena.Database, "SELECT pg_notify('test', repeat('x', 7000) || no) FROM generate_series(1, 5) AS no");
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.ProgramLimitExceeded)
        {
            // Full.
        }
    }

    private static Task IdleAsync(Arena arena) => Arena.UntilAsync(
        "the worker is idle", async () => await Db.CountAsync(arena.Database, "SELECT count(*) FROM overseer.worker WHERE is_idle") == 1);

    private static async Task RevokedAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        await Db.ExecuteAsync(arena.Database, "CREATE ROLE app LOGIN; GRANT pg_read_all_data, pg_write_all_data TO app; GRANT CREATE ON DATABASE postgres TO app");
        var app = new NpgsqlConnectionStringBuilder(arena.Database) { Username = "app" }.ConnectionString;
        await using var store = arena.OpenStore(app);
        var client = new OverseerClient(store, StepJob.Known());
        var run = await arena.InsertAsync(Graphs.Join(4, act: _ => "gate"), client);
        var worker = await arena.StartWorkerAsync(settings => settings with { Store = app, Tolerance = 100 });
        await worker.HearAsync("start", 4);
        await arena.FaultAsync("revoked", async () =>
        {
            await Db.ExecuteAsync(arena.Database, "REVOKE EXECUTE ON FUNCTION pg_notify(text, text) FROM PUBLIC");
            worker.Say("open *");
            await arena.HasWrittenAsync("an ending is refused", entry => entry is { Op: "error", Job: "end" });
            try
            {
                await arena.InsertAsync(Graphs.One(key: "refused"), client);
                throw new FaultException("An insert went through without the right to notify.");
            }
            catch (StoreUnusableException error)
            {
                Arena.Require(error.Message.Contains("permission denied for function pg_notify", StringComparison.Ordinal), $"the message names the right: {error.Message}");
            }

            await Db.ExecuteAsync(arena.Database, "GRANT EXECUTE ON FUNCTION pg_notify(text, text) TO PUBLIC");
        });
        await arena.InsertAsync(Graphs.One(key: "refused"), client);
        await arena.WaitAsync();
        await arena.RequireNoFailureAsync();
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job is { Status: JobStatus.Finished, Attempt: 1, Losses: 0 }), "what handlers returned was kept and recorded");
    }
}
