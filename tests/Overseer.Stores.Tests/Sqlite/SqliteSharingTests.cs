using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>Several stores on one file. Each has connections of its own, so to SQLite they are as several processes.</summary>
public sealed class SqliteSharingTests : SqliteTests
{
    [Fact]
    public async Task Ten_stores_that_install_at_once_install_one_schema()
    {
        for (var round = 0; round < 5; round++)
        {
            var file = Path.Combine(Folder, $"round{round}.db");
            var stores = Enumerable.Range(0, 10).Select(_ => Open(file)).ToList();

            await AtOnceAsync(stores, async store =>
            {
                await store.InstallAsync();
                return true;
            });

            Assert.Equal([["1"]], TestFolder.Query(file, "SELECT count(*) FROM overseer_schema"));
            Assert.Equal([["wal"]], TestFolder.Query(file, "PRAGMA journal_mode"));
            foreach (var store in stores) await store.GetRunAsync(new RunId(1));
        }
    }

    [Fact]
    public async Task Of_stores_that_insert_one_key_at_once_one_inserts()
    {
        var stores = await OpenInstalledAsync(6);
        var answers = await AtOnceAsync(stores, store => store.InsertAsync(JobGraph.Of([new Job("a")], key: "once")));

        Assert.Single(answers, answer => !answer.AlreadyExisted);
        Assert.All(answers, answer => Assert.Equal(new RunId(1), answer.Run));
    }

    [Fact]
    public async Task No_job_is_reserved_twice_and_none_is_lost_when_stores_reserve_and_end_at_once()
    {
        const int jobs = 600;
        var stores = await OpenInstalledAsync(4);
        await stores[0].InsertAsync(JobGraph.Of(Enumerable.Range(0, jobs).Select(_ => new Job("a"))));

        var done = await AtOnceAsync(stores, async store =>
        {
            var worker = await StartWorkerAsync(store);
            var mine = new List<int>();
            while (await ReserveAsync(store, worker, 5, "a") is { Count: > 0 } reserved)
            {
                mine.AddRange(reserved.Select(job => job.Lease.Job));
                Assert.True((await store.BeatAsync(worker, [.. reserved.Select(job => job.Lease)])).IsAlive);
                var answers = await store.EndAsync([.. reserved.Select(job => new JobEnding.Finish(job.Lease, null))]);
                Assert.All(answers, answer => Assert.True(answer.Accepted));
            }

            return mine;
        });

        Assert.Equal(Enumerable.Range(0, jobs), done.SelectMany(mine => mine).Order());
        Assert.Equal((RunStatus.Finished, jobs), await stores[3].GetRunAsync(new RunId(1)) is { } run ? (run.Status, run.Finished) : default);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    public async Task A_job_whose_dependencies_finish_in_different_stores_at_once_becomes_ready_once(int dependencies)
    {
        var stores = await OpenInstalledAsync(4);
        for (var round = 0; round < 10; round++)
        {
            var builder = new JobGraphBuilder("FanIn");
            var join = builder.Add(new Job("join"));
            for (var i = 0; i < dependencies; i++) builder.DependsOn(join, builder.Add(new Job("part")));
            var run = (await stores[0].InsertAsync(builder.Build())).Run;
            var worker = await StartWorkerAsync(stores[0]);
            var leases = (await ReserveAsync(stores[0], worker, dependencies, "part")).Select(job => job.Lease).Chunk((dependencies + 3) / 4).ToList();

            await AtOnceAsync(leases.Select((mine, i) => (mine, store: stores[i])), part => part.store.EndAsync([.. part.mine.Select(lease => new JobEnding.Finish(lease, null))]));

            Assert.Equal(run, Assert.Single(await ReserveAsync(stores[1], worker, 10, "join")).Lease.Run);
        }
    }

    [Fact]
    public async Task Of_two_stores_that_sweep_at_once_each_job_is_taken_back_by_one()
    {
        var stores = await OpenInstalledAsync(4);
        await stores[0].InsertAsync(JobGraph.Of(Enumerable.Range(0, 40).Select(_ => new Job("a"))));
        var worker = await StartWorkerAsync(stores[0]);
        await ReserveAsync(stores[0], worker, 40, "a");
        Clock.Advance(TimeSpan.FromMinutes(2));

        var answers = await AtOnceAsync(stores, store => store.SweepAsync(3, 15));

        Assert.Equal(40, answers.Sum(answer => answer.Jobs.Count));
        Assert.Equal(40, answers.SelectMany(answer => answer.Jobs).Select(job => job.Number).Distinct().Count());
        Assert.All(await stores[0].ListJobsAsync(new RunId(1)), job => Assert.Equal(1, job.Losses));
    }

    [Fact]
    public async Task A_write_that_has_begun_is_not_overtaken_by_another_process()
    {
        // Deep inside a reserve, after it has read: the clock asks another store to write.
        var other = Open(options: new SqliteStoreOptions { BusyTimeout = TimeSpan.FromSeconds(1) });
        await other.InstallAsync();
        var clock = new HookedClock(Clock);
        var store = Open(clock: clock);
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        var worker = await StartWorkerAsync(store);
        Exception? refusal = null;
        clock.Asked = () => refusal = Record.Exception(() => StartWorkerAsync(other).GetAwaiter().GetResult());

        var reserved = await ReserveAsync(store, worker, 1, "a");

        Assert.Single(reserved);
        Assert.Equal(5, Assert.IsType<SqliteException>(refusal).SqliteErrorCode);
        Assert.True(other.IsTransient(refusal));
    }

    [Fact]
    public async Task A_write_waits_for_another_process_as_long_as_it_was_told()
    {
        var store = await OpenInstalledAsync();
        using var holder = TestFolder.Connect(File);
        Run(holder, "BEGIN IMMEDIATE");
        var waiting = Start(() => store.InsertAsync(JobGraph.Of(new Job("a"))));
        Assert.False(waiting.IsCompleted);

        Run(holder, "COMMIT");

        Assert.False((await waiting).AlreadyExisted);
    }

    [Fact]
    public async Task A_beat_does_not_queue_with_the_writes_of_its_process()
    {
        var store = await OpenInstalledAsync();
        var worker = await StartWorkerAsync(store);
        await store.Gate.WaitAsync();
        var insert = store.InsertAsync(JobGraph.Of(new Job("a")));

        var beat = store.BeatAsync(worker, []);

        Assert.True(beat.IsCompletedSuccessfully);
        Assert.True((await beat).IsAlive);
        Assert.False(insert.IsCompleted);
        store.Gate.Release();
        await insert;
    }

    [Fact]
    public async Task Reading_does_not_wait_for_writing()
    {
        var store = await OpenInstalledAsync();
        var run = (await store.InsertAsync(JobGraph.Of(new Job("a")))).Run;
        using var holder = TestFolder.Connect(File);
        Run(holder, "BEGIN IMMEDIATE");
        await store.Gate.WaitAsync();

        Assert.True(store.GetRunAsync(run).IsCompletedSuccessfully);
        Assert.Single(await store.ListJobsAsync(run));

        store.Gate.Release();
        Run(holder, "COMMIT");
    }

    [Fact]
    public async Task An_old_snapshot_neither_stops_the_store_nor_sees_what_it_does()
    {
        var store = await OpenInstalledAsync();
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        using var reader = TestFolder.Connect(File);
        Run(reader, "BEGIN");
        Assert.Equal(1L, Run(reader, "SELECT count(*) FROM run"));

        for (var i = 0; i < 50; i++) await store.InsertAsync(JobGraph.Of(new Job("a")));

        Assert.Equal(1L, Run(reader, "SELECT count(*) FROM run"));
        Run(reader, "COMMIT");
        Assert.Equal(51L, Run(reader, "SELECT count(*) FROM run"));
    }

    [Fact]
    public async Task A_change_in_one_store_wakes_those_who_wait_at_another_of_this_process()
    {
        var (store, other) = (await OpenInstalledAsync(), Open(Path.Combine(Folder, ".", "store.db")));
        var wait = other.WaitForChangeAsync(TimeSpan.FromDays(1));

        await store.InsertAsync(JobGraph.Of(new Job("a")));

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_was_committed_is_there_after_the_store_was_closed()
    {
        var store = await OpenInstalledAsync();
        await store.InsertAsync(JobGraph.Of([new Job("a")], key: "kept"));
        await store.DisposeAsync();
        Assert.False(System.IO.File.Exists(File + "-wal"), "The log was not folded into the file: a connection was left open.");

        Assert.NotNull(await Open().FindRunAsync("kept"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.InsertAsync(JobGraph.Of(new Job("a"))));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.FindRunAsync("kept"));
    }

    [Fact]
    public async Task A_store_that_is_closed_at_once_lets_go_of_its_file_too()
    {
        var store = await OpenInstalledAsync();
        await store.InsertAsync(JobGraph.Of([new Job("a")], key: "kept"));
        await store.FindRunAsync("kept");

        store.Dispose();

        Assert.False(System.IO.File.Exists(File + "-wal"), "The log was not folded into the file: a connection was left open.");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.FindRunAsync("kept"));
        store.Dispose();
    }

    private async Task<List<SqliteJobStore>> OpenInstalledAsync(int count)
    {
        var stores = Enumerable.Range(0, count).Select(_ => Open()).ToList();
        await stores[0].InstallAsync();
        return stores;
    }

    private static async Task<T[]> AtOnceAsync<TOn, T>(IEnumerable<TOn> all, Func<TOn, Task<T>> act)
    {
        var each = all.ToList();
        using var barrier = new Barrier(each.Count);
        return await Task.WhenAll(each.Select(one => Start(() =>
        {
            barrier.SignalAndWait();
            return act(one);
        })));
    }

    private static Task<T> Start<T>(Func<Task<T>> act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>A clock that does something the next time it is asked.</summary>
    private sealed class HookedClock(FakeTimeProvider clock) : TimeProvider
    {
        public Action? Asked { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            var asked = Asked;
            Asked = null;
            asked?.Invoke();
            return clock.GetUtcNow();
        }
    }
}
