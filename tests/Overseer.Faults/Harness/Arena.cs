using System.Data.Common;
using System.Globalization;
using Overseer.Stores;

namespace Overseer.Faults;

/// <summary>Where one scenario is staged: a server or a file of its own, worker processes, a client, and the histories of all of them.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private readonly List<WorkerProcess> workers = [];

    private readonly List<Proxy> proxies = [];

    private readonly List<Cluster> others = [];

    private readonly Stack<IAsyncDisposable> owned = new();

    private readonly List<(string Name, double From, double To)> faults = [];

    private readonly HistoryFile history;

    private Cluster? cluster;

    private string? database;

    private IJobStore? store;

    public Arena(int seed, bool isLong = false, string? twin = null)
    {
        Seed = seed;
        IsLong = isLong;
        Twin = twin;
        Random = new Random(seed);
        IsImpatient = twin is not null;
        Folder = Directory.CreateTempSubdirectory("overseer-faults-").FullName;
        history = new HistoryFile($"{Folder}/client.tsv", "client");
    }

    public int Seed { get; }

    /// <summary>Whether nothing is waited for long: what a twin has broken may never come.</summary>
    public static bool IsImpatient { get; private set; }

    /// <summary>Whether the scenario is to take its time.</summary>
    public bool IsLong { get; }

    /// <summary>The guard that workers, and the client, lack.</summary>
    public string? Twin { get; }

    public Random Random { get; }

    /// <summary>Where the histories are.</summary>
    public string Folder { get; }

    /// <summary>What the checker is to expect.</summary>
    public Expectations Expected { get; } = new();

    public IReadOnlyList<WorkerProcess> Workers => workers;

    public IReadOnlyList<(string Name, double From, double To)> Faults => faults;

    public Cluster Cluster => cluster ?? throw new InvalidOperationException("No server was started: begin with StartDatabaseAsync.");

    /// <summary>Straight to the test's database: a connection string of Postgres, or the path of a SQLite file.</summary>
    public string Database => database ?? throw new InvalidOperationException("No database was made: begin with StartDatabaseAsync or StartFileAsync.");

    public bool HasDatabase => database is not null;

    public IJobStore Store => store ?? throw new InvalidOperationException("No database was made: begin with StartDatabaseAsync or StartFileAsync.");

    /// <summary>What can be asked on Postgres only.</summary>
    public PostgresJobStore Queries => (PostgresJobStore)Store;

    /// <summary>How many deadlocks the server has resolved.</summary>
    public int Deadlocks => cluster?.CountInLog("deadlock detected") ?? 0;

    public OverseerClient Client { get; private set; } = null!;

    /// <summary>Disposes it with this, after all servers and workers have ended.</summary>
    public T Own<T>(T what)
        where T : IAsyncDisposable
    {
        owned.Push(what);
        return what;
    }

    public void Log(string what) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}"));

    /// <summary>Starts a server, makes the store's schema in it, and logs its transitions from now on.</summary>
    public async Task StartDatabaseAsync(string options = "", string? place = null, IReadOnlyList<string>? wrapper = null)
    {
        cluster = await Cluster.StartAsync(options, place, wrapper);
        await StartAsync(cluster.ConnectionString);
    }

    /// <summary>Makes a SQLite file, with the store's schema in it, and logs its transitions from now on.</summary>
    public Task StartFileAsync(string? folder = null) => StartAsync($"{folder ?? Folder}/jobs.db");

    /// <summary>A store in this process, for a client or for a worker that is played step by step.</summary>
    public IJobStore OpenStore(string database)
    {
        if (Twin is not null) Overseer.Faults.Twin.Remove(Twin);
        return TestStore.Open(database);
    }

    public Proxy StartProxy(System.Net.IPAddress? address = null)
    {
        var proxy = new Proxy(Cluster.Socket, address) { Random = new Random(Seed) };
        proxies.Add(proxy);
        return proxy;
    }

    public async Task<Cluster> FollowAsync(string options = "")
    {
        var standby = await Cluster.FollowAsync(Cluster, options);
        others.Add(standby);
        return standby;
    }

    /// <summary>From now on the client, and looks into the database, go to another server, or over new connections to the same.</summary>
    public void MoveTo(Cluster other)
    {
        if (store is not null) Own(store);
        database = other.ConnectionString;
        store = OpenStore(database);
        Client = new OverseerClient(store, StepJob.Known(StepJob.Type, "other"));
    }

    /// <summary>Starts a worker process and waits until it works.</summary>
    public async Task<WorkerProcess> StartWorkerAsync(
        Func<WorkerSettings, WorkerSettings>? change = null, IReadOnlyList<string>? wrapper = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var worker = StartWorker(change, wrapper, environment);
        await worker.ReadyAsync();
        return worker;
    }

    public WorkerProcess StartWorker(
        Func<WorkerSettings, WorkerSettings>? change = null, IReadOnlyList<string>? wrapper = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var name = $"w{workers.Count + 1}";
        var settings = new WorkerSettings { Name = name, Store = database ?? "", History = $"{Folder}/{name}.tsv", Twin = Twin };
        settings = change?.Invoke(settings) ?? settings;
        Expected.Concurrency[settings.Name] = settings.Concurrency;
        Expected.LossLimit = Math.Max(Expected.LossLimit, settings.LossLimit);
        var worker = WorkerProcess.Start(settings, wrapper, environment);
        workers.Add(worker);
        return worker;
    }

    public Task<WorkerProcess[]> StartWorkersAsync(int count, Func<WorkerSettings, WorkerSettings>? change = null) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartWorkerAsync(change)).ToArray());

    /// <summary>Inserts a run as a client that remembers what it was answered.</summary>
    public async Task<RunHandle> InsertAsync(JobGraph graph, IOverseerClient? client = null)
    {
        var key = graph.Key ?? "";
        history.Write("insert", key, result: $"{graph.Jobs.Length} {graph.Edges.Length}");
        try
        {
            var run = await (client ?? Client).TransactAsync(graph);
            history.Write("inserted", key, run.Id.Number, $"{graph.Jobs.Length} {graph.Edges.Length}");
            return run;
        }
        catch (Exception error)
        {
            history.Write("insert-failed", key, result: $"{Db.CodeOf(error)} {error.Message}");
            throw;
        }
    }

    /// <summary>Inserts again, under the same key, what was not answered.</summary>
    public async Task<RunHandle> InsertUntilAnsweredAsync(JobGraph graph, IOverseerClient? client = null, int seconds = 60)
    {
        var patience = HistoryEntry.Now + PatienceOf(seconds);
        while (true)
        {
            try
            {
                return await InsertAsync(graph, client);
            }
            catch (Exception error) when (Store.IsTransient(error) && HistoryEntry.Now < patience)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>An operator's retry, which may take jobs out of their end.</summary>
    public async Task<int> RetryFailedAsync(RunHandle run)
    {
        history.Write("retry", run.Id.Number.ToString(CultureInfo.InvariantCulture), run.Id.Number);
        return await run.RetryFailedAsync();
    }

    /// <summary>A fault that begins and ends here: what is ready afterwards has to start soon.</summary>
    public async Task FaultAsync(string name, Func<Task> stage)
    {
        var from = HistoryEntry.Now;
        history.Write("fault", name);
        await stage();
        history.Write("fault-over", name);
        faults.Add((name, from, HistoryEntry.Now));
    }

    /// <summary>Waits until every run has ended.</summary>
    public async Task WaitAsync(int seconds = 60)
    {
        var patience = HistoryEntry.Now + PatienceOf(seconds);
        while (true)
        {
            long left;
            try
            {
                left = await Db.CountAsync(Database, "SELECT count(*) FROM overseer.run_view WHERE status = 'active'");
            }
            catch (DbException) when (HistoryEntry.Now < patience)
            {
                left = 1;
            }

            if (left == 0) return;
            if (HistoryEntry.Now > patience)
            {
                var stuck = await Db.QueryAsync(
                    Database, "SELECT id || ' ' || status || ', waits for ' || waiting_on || ', losses ' || losses FROM overseer.job_view WHERE status IN ('unstarted', 'started') ORDER BY run_id LIMIT 10",
                    row => row.GetString(0));
                throw new FaultException($"{left} runs had not ended after {seconds} s, among them jobs {string.Join("; ", stuck)}.");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Nothing that went wrong around a job has become its own failure.</summary>
    public async Task RequireNoFailureAsync()
    {
        var failed = await Db.QueryAsync(Database, "SELECT id || ': ' || coalesce(failure, reason) FROM overseer.job_view WHERE status IN ('failed', 'aborted') LIMIT 5", row => row.GetString(0));
        Require(failed.Count == 0, $"no job failed: {string.Join("; ", failed)}");
    }

    /// <summary>Waits until something holds, and fails if it never does.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds, int seconds = 30)
    {
        var patience = HistoryEntry.Now + PatienceOf(seconds);
        while (!await holds())
        {
            if (HistoryEntry.Now > patience) throw new FaultException($"It did not come to this in {seconds} s: {what}.");
            await Task.Delay(20);
        }
    }

    public static double PatienceOf(double seconds) => IsImpatient ? Math.Min(seconds, 15) : seconds;

    /// <summary>Waits until a worker has logged an event so often.</summary>
    public Task LoggedAsync(WorkerProcess worker, string name, int times = 1) =>
        UntilAsync($"{worker.Settings.Name} logs {name}", () => Task.FromResult(History().Count(entry => entry.Op == "log" && entry.Job == name && entry.Actor == worker.Settings.Name) >= times));

    /// <summary>Waits until so many transactions wait for rows that others have.</summary>
    public Task BlockedAsync(int transactions = 1) => UntilAsync(
        $"{transactions} transactions wait for another",
        async () => await Db.CountAsync(Database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event <> 'advisory'") >= transactions);

    public static void Require(bool holds, string what, string invariant = "scenario")
    {
        if (!holds) throw new FaultException($"This does not hold: {what}.", invariant);
    }

    /// <summary>Waits until the history of a worker, or of any, has such an entry.</summary>
    public Task HasWrittenAsync(string what, Func<HistoryEntry, bool> which, int seconds = 30) => UntilAsync(what, () => Task.FromResult(History().Any(which)), seconds);

    public IReadOnlyList<HistoryEntry> History() => HistoryFile.ReadAll(Folder);

    private async Task StartAsync(string place)
    {
        database = place;
        store = OpenStore(place);
        await store.InstallAsync();
        if (Twin is not null && Overseer.Faults.Twin.Find(Twin).Schema is { } change) await Db.ExecuteAsync(place, change);
        await TransitionLog.InstallAsync(place);
        Client = new OverseerClient(store, StepJob.Known(StepJob.Type, "other"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers) worker.Dispose();
        foreach (var proxy in proxies) await proxy.DisposeAsync();
        if (store is not null) await store.DisposeAsync();
        foreach (var other in others) await other.DisposeAsync();
        if (cluster is not null) await cluster.DisposeAsync();
        while (owned.TryPop(out var what)) await what.DisposeAsync();
        history.Dispose();
        if (Environment.GetEnvironmentVariable("OVERSEER_KEEP_HISTORIES") != "1") Directory.Delete(Folder, recursive: true);
    }
}
