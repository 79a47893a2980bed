using System.Diagnostics;
using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer.Faults;

/// <summary>F23 to F25, F60: a database that is slow, impatient, short of connections or held back by an old snapshot.</summary>
internal static class ScarceDatabases
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F23", "Everything takes half a second on its way to the database, and as long back", arena => SlowAsync(arena, proxy => proxy.Delay = TimeSpan.FromMilliseconds(500))),
        new("F23b", "Each connection carries one megabit a second", arena => SlowAsync(arena, proxy => proxy.BytesPerSecond = 125_000)),
        new("F24", "The role's statements and locks may take no longer than some tenths of a second, and locks are held", ImpatientAsync),
        new("F25", "Ten workers share a server of twenty connections", CrowdedAsync) { IsLong = true },
        new("F25b", "Workers may open three connections each", arena => BoundedAsync(arena, 3)),
        new("F25c", "After a finish that handed a job over there is no connection for what is asked next", HandedOverAsync),
        new("F60", "A snapshot is held open while jobs run", OldSnapshotAsync),
    ];

    private static async Task SlowAsync(Arena arena, Action<Proxy> slow)
    {
        await arena.StartDatabaseAsync();
        var proxy = arena.StartProxy();
        var patient = new NpgsqlConnectionStringBuilder(proxy.Through(arena.Database)) { Timeout = 30 }.ConnectionString;
        var workers = await arena.StartWorkersAsync(2, settings => settings with { Store = patient, Concurrency = 8, BeatMilliseconds = 500, Tolerance = 16 });
        slow(proxy);
        // 8 kB of arguments each; what is longer than the lease has to outlast beats that are slow.
        var builder = new JobGraphBuilder("wide");
        for (var i = 0; i < (arena.IsLong ? 400 : 24); i++)
        {
            var first = builder.Add(new Job(StepJob.Type) { Args = $$"""{"Milliseconds":{{(i == 0 ? 5000 : arena.Random.Next(50))}},"Act":"","pad":"{{new string('x', 8000)}}"}""" });
            builder.DependsOn(builder.Add(Graphs.New(10, "", 1)), first);
        }

        await arena.InsertAsync(builder.Build());
        await arena.WaitAsync(120);
        Arena.Require((await TransitionLog.ReadAsync(arena.Database)).All(step => !step.IsLoss), "no lease was lost");
        var history = arena.History();
        Arena.Require(history.All(entry => entry.Op is not ("cancelled" or "dead" or "swept")), "nobody was taken for dead");
        Arena.Require(history.All(entry => entry.Op != "error"), "nothing failed");
        // How often the database was asked is bounded by how fast it answers.
        var claims = history.Where(entry => entry.Op == "claim").Select(entry => entry.Mono).Distinct().Count();
        Arena.Require(claims <= 60 || arena.IsLong, $"jobs were not claimed one by one: {claims} claims");
    }

    private static async Task ImpatientAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        await Db.ExecuteAsync(
            arena.Database,
            """
            CREATE ROLE hasty SUPERUSER LOGIN;
            ALTER ROLE hasty SET statement_timeout = '200ms';
            ALTER ROLE hasty SET lock_timeout = '100ms';
            CREATE ROLE brief SUPERUSER LOGIN;
            ALTER ROLE brief SET statement_timeout = '200ms';
            """);
        var run = await arena.InsertAsync(Graphs.Loose(8, act: "gate"));
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 5, width: 10, longest: 20));
        var workers = new List<WorkerProcess>();
        foreach (var role in new[] { "hasty", "brief" })
            workers.Add(await arena.StartWorkerAsync(settings => settings with { Store = As(arena, role), Tolerance = 100 }));
        foreach (var worker in workers) await worker.HearAsync("start", 4);
        await using var hasty = arena.OpenStore(As(arena, "hasty"));
        var client = new OverseerClient(hasty, StepJob.Known());
        await arena.FaultAsync("locks held", async () =>
        {
            await using var holder = await Db.OpenAsync(arena.Database);
            await using var transaction = await holder.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand("SELECT count(*) FROM (SELECT FROM overseer.job FOR UPDATE) AS j; LOCK TABLE overseer.worker IN EXCLUSIVE MODE; LOCK TABLE overseer.edge IN EXCLUSIVE MODE", holder)) await hold.ExecuteNonQueryAsync();
            foreach (var worker in workers) worker.Say("open *");
            foreach (var (actor, code) in new[] { ("w1", "55P03"), ("w2", "57014") })
            {
                foreach (var verb in new[] { "beat", "end" })
                    await arena.HasWrittenAsync($"a {verb} of {actor} fails with {code}", entry => entry.Op == "error" && entry.Actor == actor && entry.Job == verb && entry.Result.StartsWith(code, StringComparison.Ordinal));
            }

            try
            {
                await arena.InsertAsync(Graphs.Chain(20, key: "refused"), client);
                throw new FaultException("An insert waited for a lock longer than it may.");
            }
            catch (PostgresException error)
            {
                Arena.Require(error.SqlState == "55P03" && hasty.IsTransient(error), $"an insert that met a lock can be tried again: {error.Message}");
            }

            Arena.Require(await arena.Store.FindRunAsync("refused") is null, "nothing is left of it");
        });
        await arena.InsertAsync(Graphs.Chain(20, key: "refused"), client);
        await arena.WaitAsync();
        Arena.Require((await arena.Store.ListJobsAsync(run.Id)).All(job => job is { Status: JobStatus.Finished, Attempt: 1, Losses: 0 }), "each finished at its first attempt");
        Arena.Require(workers.All(worker => !worker.HasExited), "no worker ended");
        await arena.RequireNoFailureAsync();
    }

    private static async Task CrowdedAsync(Arena arena)
    {
        await arena.StartDatabaseAsync("-c max_connections=20");
        // Not as one that may take the last connections, which are this test's.
        await Db.ExecuteAsync(arena.Database, "CREATE ROLE app LOGIN; GRANT pg_read_all_data, pg_write_all_data TO app; GRANT CREATE ON DATABASE postgres TO app");
        for (var i = 0; i < 4; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 6, width: 10, longest: 100));
        var workers = Enumerable.Range(0, 10).Select(_ => arena.StartWorker(settings => settings with { Store = As(arena, "app"), LossLimit = 20, Tolerance = 30 })).ToList();
        await arena.WaitAsync(120);
        await Arena.UntilAsync("all work or have ended", () => Task.FromResult(workers.All(worker => worker.HasExited || worker.CountOf("ready") > 0)));
        var refused = workers.Where(worker => worker.HasExited).ToList();
        arena.Log($"{refused.Count} of {workers.Count} workers found no connection to start with");
        Arena.Require(refused.Count < workers.Count, "some work");
        foreach (var worker in refused) Arena.Require(worker.Errors.Contains("it has no connection left. Raise the server's max_connections", StringComparison.Ordinal), $"one that could not start says what to do: {worker.Errors}");
        Arena.Require(refused.Count > 0 || arena.History().Any(entry => entry.Op == "error" && entry.Result.Contains("it has no connection left. Raise the server's max_connections", StringComparison.Ordinal)), "connections were short, and the message says what to do");
    }

    private static async Task BoundedAsync(Arena arena, int connections)
    {
        await arena.StartDatabaseAsync("-c max_connections=20");
        await Db.ExecuteAsync(arena.Database, "CREATE ROLE app LOGIN; GRANT pg_read_all_data, pg_write_all_data TO app; GRANT CREATE ON DATABASE postgres TO app");
        var few = new NpgsqlConnectionStringBuilder(As(arena, "app")) { MaxPoolSize = connections }.ConnectionString;
        var workers = await arena.StartWorkersAsync(5, settings => settings with { Store = few, Concurrency = 20, Tolerance = 100 });
        await using (var tooFew = arena.OpenStore(new NpgsqlConnectionStringBuilder(arena.Database) { MaxPoolSize = connections - 1 }.ConnectionString))
        {
            try
            {
                await tooFew.RegisterWorkerAsync(new WorkerRegistration(WorkerId.New(), "", TimeSpan.FromMinutes(1)));
                throw new FaultException("A worker started that has no connection left to work with.");
            }
            catch (StoreUnusableException error)
            {
                Arena.Require(error.Message.Contains($"Set Maximum Pool Size to {connections} or more", StringComparison.Ordinal), $"the message says what to do: {error.Message}");
            }
        }

        for (var i = 0; i < 4; i++) await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 6, width: 20, longest: 60));
        await arena.WaitAsync();
        Arena.Require(arena.History().All(entry => entry.Op != "error"), "nothing failed for want of a connection");
        await arena.RequireNoFailureAsync();
        Arena.Require(await Db.CountAsync(arena.Database, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'") <= connections * workers.Length, "no more connections are open than may be");
    }

    // Two finishes, one of them stale: it is asked whether that is only being told twice, and this time there is no answer.
    private static async Task HandedOverAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.Chain(2));
        SchemaName.Altered = sql => sql == FinishSql.Ended ? "SELECT 1 / 0" : sql;
        await using var store = arena.OpenStore(arena.Database);
        var id = WorkerId.New();
        await store.RegisterWorkerAsync(new WorkerRegistration(id, "played", TimeSpan.FromMinutes(1)));
        var request = new ReserveRequest(id, [new ReserveType(StepJob.Type, [])], 1);
        var first = (await store.ReserveAsync(request))[0].Lease;
        try
        {
            await store.EndAndReserveAsync([new JobEnding.Finish(first, "0"), new JobEnding.Finish(first with { Number = 99 }, "0")], request);
            throw new FaultException("The question was answered.");
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            // Whoever finished does not know that it was given the second job.
        }

        Arena.Require((await arena.Store.ListJobsAsync(run.Id))[1].Status == JobStatus.Started, "the second job was handed over");
        for (var i = 0; i < 3; i++) Arena.Require((await store.BeatAsync(id, [])).IsAlive, "the worker lives");
        IReadOnlyList<ReservedJob> again = [];
        await Arena.UntilAsync("the job is given back, and given out again", async () => (again = await store.ReserveAsync(request)).Count == 1, seconds: 10);
        await store.EndAsync([new JobEnding.Finish(again[0].Lease, "0")]);
        await arena.WaitAsync();
    }

    private static async Task OldSnapshotAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        await arena.StartWorkersAsync(2, settings => settings with { Concurrency = 10 });
        await WaveAsync(arena);
        var before = await WaveAsync(arena);
        await using var old = await Db.OpenAsync(arena.Database);
        await using var transaction = await old.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var look = new NpgsqlCommand("SELECT count(*) FROM overseer.job", old)) await look.ExecuteScalarAsync();
        var (after, watch) = (before, Stopwatch.StartNew());
        await arena.FaultAsync("old snapshot", async () =>
        {
            do after = await WaveAsync(arena);
            while (watch.Elapsed < (arena.IsLong ? TimeSpan.FromMinutes(30) : TimeSpan.FromSeconds(4)));
        });
        arena.Log($"300 jobs took {before.TotalMilliseconds:F0} ms before the snapshot was taken and {after.TotalMilliseconds:F0} ms at last: {after / before:F1} times as long");
        Arena.Require(!arena.IsLong || after < before * 3, "no more than three times as long");
    }

    private static async Task<TimeSpan> WaveAsync(Arena arena)
    {
        var watch = Stopwatch.StartNew();
        await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 3, width: 100, longest: 0));
        await arena.WaitAsync();
        return watch.Elapsed;
    }

    private static string As(Arena arena, string role) => new NpgsqlConnectionStringBuilder(arena.Database) { Username = role }.ConnectionString;
}
