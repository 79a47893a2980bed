using Microsoft.Data.Sqlite;
using Overseer.Sqlite;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>A file that another process has locked: who waits for it can be called off, holds no thread of his caller, and is told who is to blame.</summary>
public sealed class SqliteLockTests : SqliteTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_write_that_waits_keeps_neither_its_caller_nor_a_token_waiting()
    {
        var store = await OpenInstalledAsync();
        using var holder = Hold();
        foreach (var write in Writes(store)) await CalledOffAsync(write);
    }

    [Fact]
    public async Task A_beat_that_waits_looks_at_its_token()
    {
        var store = await OpenInstalledAsync();
        var worker = await StartWorkerAsync(store);
        using var holder = Hold();
        using var callOff = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var beat = Task.Factory.StartNew(() => store.BeatAsync(worker, [], callOff.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => beat.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_beat_waits_beside_a_write_that_waits()
    {
        var store = await OpenInstalledAsync();
        var worker = await StartWorkerAsync(store);
        var holder = Hold();
        var insert = Task.Run(() => store.InsertAsync(JobGraph.Of(new Job("a"))));
        var beat = Task.Run(() => store.BeatAsync(worker, []));
        holder.Dispose();

        Assert.True((await beat.WaitAsync(Soon)).IsAlive);
        await insert.WaitAsync(Soon);
    }

    [Fact]
    public async Task What_is_installed_is_opened_without_waiting_for_who_writes()
    {
        await OpenInstalledAsync();
        using var holder = Hold();
        var client = new OverseerClient(Open(), new JobHandlerMap());

        Assert.Null(await Task.Run(() => client.GetRunAsync(new RunId(1))).WaitAsync(Soon));
    }

    [Fact]
    public async Task A_client_that_waits_for_the_store_to_be_installed_looks_at_its_token()
    {
        using var holder = Hold("BEGIN EXCLUSIVE; CREATE TABLE mine (id INTEGER)");
        var client = new OverseerClient(Open(), new JobHandlerMap().With("a", (_, _) => Task.CompletedTask));

        await CalledOffAsync(token => client.TransactAsync(JobGraph.Of(new Job("a")), token));
        await CalledOffAsync(token => client.GetRunAsync(new RunId(1), token));
        await CalledOffAsync(token => client.FindRunAsync("key", token));
        await CalledOffAsync(token => client.GetJobAsync(new JobId("mine"), token));
        await CalledOffAsync(token => client.CancelJobAsync(new JobId("mine"), token));
    }

    [Fact]
    public async Task An_install_that_waits_keeps_neither_its_caller_nor_a_token_waiting()
    {
        using var holder = Hold("BEGIN EXCLUSIVE; CREATE TABLE mine (id INTEGER)");
        var store = Open();

        await CalledOffAsync(token => store.InstallAsync(token));
    }

    [Fact]
    public async Task Who_waited_in_vain_is_told_for_what_and_what_to_do()
    {
        await OpenInstalledAsync();
        var store = Open(options: new SqliteStoreOptions { BusyTimeout = TimeSpan.FromSeconds(1) });
        using var holder = Hold();
        var worker = WorkerId.New();

        foreach (var write in Writes(store).Append(async token => await store.BeatAsync(worker, [], token)))
        {
            var error = await Assert.ThrowsAsync<SqliteException>(() => Task.Run(() => write(CancellationToken.None)));
            Assert.Equal(5, error.SqliteErrorCode);
            Assert.Contains($"Store '{File}'", error.Message, StringComparison.Ordinal);
            Assert.Contains("another process has kept it locked for 00:00:01 (BusyTimeout). End what holds it", error.Message, StringComparison.Ordinal);
            Assert.True(store.IsTransient(error));
        }
    }

    [Fact]
    public async Task A_file_that_stays_locked_while_it_is_installed_is_named_too()
    {
        using var holder = Hold("BEGIN EXCLUSIVE; CREATE TABLE mine (id INTEGER)");
        var store = Open(options: new SqliteStoreOptions { BusyTimeout = TimeSpan.FromSeconds(1) });

        var error = await Assert.ThrowsAsync<SqliteException>(() => store.InstallAsync());

        Assert.Equal(5, error.SqliteErrorCode);
        Assert.Contains($"Store '{File}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_named_with_the_file_and_the_remedy()
    {
        var error = SqliteErrors.Name(File, new SqliteException("SQLite Error 13: 'database or disk is full'.", 13, 13));

        Assert.Equal((13, 13), (error!.SqliteErrorCode, error.SqliteExtendedErrorCode));
        Assert.Equal($"Store '{File}' cannot be used: the disk is full. Free some space, or move the file. (SQLite Error 13: 'database or disk is full'.)", error.Message);
        Assert.Null(SqliteErrors.Name(File, new SqliteException("UNIQUE constraint failed", 19)));
    }

    [Fact]
    public async Task A_worker_stops_soon_while_the_file_is_locked()
    {
        var store = await OpenInstalledAsync();
        var handlers = new JobHandlerMap().With("a", (_, _) => Task.CompletedTask);
        var worker = await OverseerWorker.StartAsync(store, handlers, options: new OverseerOptions { HeartbeatSleep = TimeSpan.FromMilliseconds(100), HeartbeatTolerance = 100 });
        using var holder = Hold();
        // Its reserve, its monitor and its beat all wait for the file by then, or will.
        await Task.WhenAny(store.InsertAsync(JobGraph.Of(new Job("a"))), Task.Delay(TimeSpan.FromMilliseconds(200)));

        await worker.StopAsync().WaitAsync(Soon);
    }

    [Fact]
    public async Task A_worker_that_starts_while_the_file_is_locked_can_be_called_off()
    {
        var store = await OpenInstalledAsync();
        using var holder = Hold();

        await CalledOffAsync(token => OverseerWorker.StartAsync(store, new JobHandlerMap(), cancellationToken: token));
    }

    private static IEnumerable<Func<CancellationToken, Task>> Writes(SqliteJobStore store) =>
    [
        token => store.InsertAsync(JobGraph.Of(new Job("a")), token),
        token => store.ReserveAsync(new ReserveRequest(WorkerId.New(), [new ReserveType("a", [])], 1), token),
        token => store.RetireWorkerAsync(WorkerId.New(), token),
    ];

    private static async Task CalledOffAsync(Func<CancellationToken, Task> act)
    {
        using var callOff = new CancellationTokenSource();
        // The call itself must come back at once, with a task that waits.
        var task = await Task.Factory.StartNew(() => act(callOff.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Soon);
        Assert.False(task.IsCompleted);
        await callOff.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(Soon));
    }

    /// <summary>Another connection that holds the file's lock until it is disposed.</summary>
    private SqliteConnection Hold(string sql = "BEGIN IMMEDIATE")
    {
        var connection = TestFolder.Connect(File);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return connection;
    }
}
