namespace Overseer.Faults;

/// <summary>F67: several processes on one SQLite file.</summary>
internal static class SharedFiles
{
    private const long Megabyte = 1 << 20;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F67", "Eight processes work on one SQLite file, and some are killed at random times", arena => ManyAsync(arena, processes: 8, kills: arena.IsLong ? 40 : 3)),
        new("F67b", "All processes on a SQLite file are killed at once, and new ones start", async arena =>
        {
            await arena.StartFileAsync();
            await KilledWorkers.AllKilledAsync(arena, workers: arena.IsLong ? 8 : 4);
        }),
        new("F67c", "Another program holds the write lock of a SQLite file, and one writes after it has read", HeldAsync),
        new("F67d", "A worker on a SQLite file is frozen, and tells how its job ended after another one finished it", arena => Zombies.ThawedAsync(arena, arena.StartFileAsync(), "")),
        new("F67e", "There is always a program that reads a SQLite file, so that its log cannot start anew by itself", ReadAllTheTimeAsync),
        new("F67f", "A worker on a SQLite file whose beats do not get through finishes its job while another one runs it", arena => Zombies.DeafAsync(arena, arena.StartFileAsync())),
        new("F67g", "One process after another works on a SQLite file and is killed", arena => ManyAsync(arena, processes: 1, kills: 20)) { IsLong = true },
    ];

    private static async Task ManyAsync(Arena arena, int processes, int kills)
    {
        await arena.StartFileAsync();
        await using var log = new LogWatch(arena.Database);
        await InsertAsync(arena);
        var workers = (await arena.StartWorkersAsync(processes, Hardy)).ToList();
        for (var kill = 0; kill < kills; kill++)
        {
            await InsertAsync(arena);
            var (more, soFar, busy) = (arena.Random.Next(1, 60), Starts(), new List<WorkerProcess>());
            await Arena.UntilAsync($"{more} more jobs have started", () =>
            {
                busy = [.. workers.Where(worker => worker.CountOf("start") > worker.CountOf("end"))];
                return Task.FromResult(Starts() >= soFar + more && busy.Count > 0);
            });
            var victim = busy[arena.Random.Next(busy.Count)];
            await arena.FaultAsync("kill", victim.KillAsync);
            workers[workers.IndexOf(victim)] = arena.StartWorker(Hardy);
        }

        await Task.WhenAll(workers.Select(worker => worker.ReadyAsync()));
        await arena.WaitAsync(120);
        foreach (var worker in workers) worker.Signal(Shell.Terminate);
        foreach (var worker in workers) Arena.Require(await worker.ExitAsync() == 0, "it stops when it is told to");
        NothingFailed(arena);
        Arena.Require((await TransitionLog.ReadAsync(arena.Database)).Any(step => step.IsLoss), "a kill hit a running job");
        Arena.Require(log.Largest is > 0 and < 16 * Megabyte, $"the log stays small; it came to {log.Largest} bytes");
        await arena.Store.DisposeAsync();
        Arena.Require(log.Now == 0, $"the last one out folds the log into the file; it has {log.Now} bytes");
        arena.Log($"the log came to {log.Largest / 1024} KiB");

        int Starts() => arena.Workers.Sum(worker => worker.CountOf("start"));
    }

    private static async Task HeldAsync(Arena arena)
    {
        await arena.StartFileAsync();
        var run = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 10, width: 20, longest: 40));
        await using var other = HeldFile.Read(arena.Database);
        var workers = await arena.StartWorkersAsync(3, settings => Hardy(settings) with { Tolerance = 100 });
        await arena.HasWrittenAsync("a job has ended", entry => entry.Op == "ended");
        // It read before others wrote: it is refused, and nobody has waited for it.
        await Arena.UntilAsync("who reads, and writes after others wrote, is refused", () => Task.FromResult(other.Refusal("UPDATE run SET graph = graph") == 517));
        await other.ExecuteAsync("ROLLBACK");
        await arena.FaultAsync("lock held", async () =>
        {
            await other.ExecuteAsync("BEGIN; UPDATE run SET graph = graph");
            var insert = InsertAsync(arena);
            var late = arena.StartWorker(settings => Hardy(settings) with { Tolerance = 100 });
            await Task.Delay(TimeSpan.FromSeconds(arena.IsLong ? 5 : 1));
            Arena.Require(!insert.IsCompleted && late.CountOf("ready") == 0, "writes wait");
            Arena.Require((await run.GetAsync()).Jobs == 200, "reading goes on");
            await other.ExecuteAsync("COMMIT");
            await insert;
            await late.ReadyAsync();
        });
        await arena.WaitAsync();
        NothingFailed(arena);
        Arena.Require((await TransitionLog.ReadAsync(arena.Database)).All(step => !step.IsLoss), "no lease was lost");
        await OvertakenAsync(arena, other);
    }

    // Deep inside a claim, after it has read and before it writes, it asks for the time.
    private static async Task OvertakenAsync(Arena arena, HeldFile other)
    {
        var last = await arena.InsertAsync(Graphs.One());
        foreach (var worker in arena.Workers) await worker.KillAsync();
        var (clock, refusal) = (new HookedClock(), 0);
        await using var store = new SqliteJobStore(arena.Database, clock: clock);
        var played = await Played.RegisterAsync(store);
        clock.Asked = () => refusal = other.Refusal("UPDATE run SET graph = graph");
        var claimed = await Played.ReserveAsync(store, played, 1);
        Arena.Require(refusal == 5, $"a write that has begun is overtaken by none; the other program was answered {refusal}");
        if (claimed.Count > 0) await store.EndAsync([new Stores.JobEnding.Finish(claimed[0].Lease, "0")]);
        Arena.Require((await last.GetAsync()).Status != RunStatus.Active, "the last run has ended");
    }

    private static async Task ReadAllTheTimeAsync(Arena arena)
    {
        await arena.StartFileAsync();
        await using var log = new LogWatch(arena.Database);
        await arena.StartWorkerAsync(Hardy);
        var isOver = false;
        // On a thread of its own, so that it never reads for long.
        var reading = Task.Factory.StartNew(
            () =>
            {
                var held = HeldFile.Read(arena.Database);
                while (!isOver)
                {
                    Thread.Sleep(20);
                    var next = HeldFile.Read(arena.Database);
                    held.Dispose();
                    held = next;
                }

                held.Dispose();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // A megabyte each.
        var args = $$"""{"Milliseconds":0,"Act":"","pad":"{{new string('x', 100_000)}}"}""";
        for (var written = 0; written < (arena.IsLong ? 500 : 50); written++) await arena.InsertAsync(JobGraph.Of(Enumerable.Range(0, 10).Select(_ => new Job(StepJob.Type) { Args = args })));
        await arena.WaitAsync(120);
        isOver = true;
        await reading;
        NothingFailed(arena);
        arena.Log($"the log came to {log.Largest / 1024} KiB");
        Arena.Require(log.Largest < 32 * Megabyte, $"the log does not grow for ever; it came to {log.Largest} bytes");
    }

    private static WorkerSettings Hardy(WorkerSettings settings) => settings with { LossLimit = 20, Tolerance = 20 };

    private static Task<RunHandle> InsertAsync(Arena arena) => arena.InsertAsync(Graphs.Layers(arena.Random, layers: arena.Random.Next(2, 10), width: arena.Random.Next(10, 40), longest: 60));

    private static void NothingFailed(Arena arena)
    {
        var failed = arena.History().FirstOrDefault(entry => entry.Op is "error" or "insert-failed" || entry.Result.Contains("locked", StringComparison.Ordinal));
        Arena.Require(failed is null, $"no error reaches a worker or a client: {failed}");
    }
}
