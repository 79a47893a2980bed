using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>Files that cannot be used: refused with the thing, the rule and the remedy.</summary>
/// <remarks>
/// Where the rights of files decide, the tests use what holds for an administrator too: the store asks for the read-only mark itself,
/// and a loop of links or a connection opened read-only is refused to everybody.
/// </remarks>
public sealed class SqliteFileTests : SqliteTests
{
    [Fact]
    public async Task A_file_that_is_not_there_is_made()
    {
        var store = await OpenInstalledAsync();

        Assert.True(System.IO.File.Exists(File));
        Assert.Equal(File, store.Name);
    }

    [Fact]
    public async Task An_empty_file_is_taken()
    {
        System.IO.File.WriteAllBytes(File, []);

        await (await OpenInstalledAsync()).InsertAsync(JobGraph.Of(new Job("a")));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Dear diary, ", 1000)));
        System.IO.File.WriteAllBytes(File, text);

        await RefusedAsync(Open(), "no SQLite database", "Give the path of");

        Assert.Equal(text, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public async Task The_database_of_another_application_is_refused_and_left_alone()
    {
        TestFolder.Execute(File, "CREATE TABLE job (id INTEGER); CREATE TABLE run (id INTEGER)");

        await RefusedAsync(Open(), "another application", "Give the path of");

        Assert.Equal([["delete"]], TestFolder.Query(File, "PRAGMA journal_mode"));
        Assert.Equal([["2"]], TestFolder.Query(File, "SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task A_database_that_another_application_has_marked_is_refused_even_when_it_is_empty()
    {
        TestFolder.Execute(File, "PRAGMA application_id = 42");

        await RefusedAsync(Open(), "another application");
    }

    [Fact]
    public async Task A_schema_that_asks_for_a_newer_program_is_refused()
    {
        await OpenInstalledAsync();
        TestFolder.Execute(File, "INSERT INTO overseer_schema (version, oldest_worker) VALUES (7, 5)");

        await RefusedAsync(Open(), "version 7", "at least 5", "Update the Overseer packages");
    }

    [Fact]
    public async Task A_schema_that_asks_for_a_newer_program_is_refused_by_one_that_did_not_install_either()
    {
        await OpenInstalledAsync();
        TestFolder.Execute(File, "INSERT INTO overseer_schema (version, oldest_worker) VALUES (7, 5)");

        await Assert.ThrowsAsync<StoreUnusableException>(() => Open().GetRunAsync(new RunId(1)));
    }

    [Fact]
    public async Task A_newer_schema_that_still_allows_this_program_is_used()
    {
        await OpenInstalledAsync();
        TestFolder.Execute(File, "INSERT INTO overseer_schema (version, oldest_worker) VALUES (7, 1)");

        await (await OpenInstalledAsync()).InsertAsync(JobGraph.Of(new Job("a")));
    }

    [Fact]
    public Task A_folder_is_refused() => RefusedAsync(Open(Folder), "it is a folder", "Give the path of a file in it");

    [Fact]
    public Task A_file_in_a_folder_that_is_not_there_is_refused() =>
        RefusedAsync(Open(Path.Combine(Folder, "missing", "store.db")), "folder does not exist", $"Create '{Path.Combine(Folder, "missing")}'");

    [Fact]
    public Task A_file_below_a_file_is_refused()
    {
        System.IO.File.WriteAllText(File, "");
        return RefusedAsync(Open(Path.Combine(File, "store.db")), "folder does not exist");
    }

    [Fact]
    public async Task A_read_only_file_is_refused()
    {
        await using (var store = Open()) await store.InstallAsync();
        System.IO.File.SetAttributes(File, FileAttributes.ReadOnly);

        await RefusedAsync(Open(), "the file is read-only", "Make it writable");
    }

    [Fact]
    public async Task A_read_only_folder_is_refused()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("On Windows the read-only mark of a folder does not mean that.");
        var closed = Directory.CreateDirectory(Path.Combine(Folder, "closed")).FullName;
        System.IO.File.SetAttributes(closed, FileAttributes.ReadOnly);

        await RefusedAsync(Open(Path.Combine(closed, "store.db")), "its folder", "is read-only", "Make it writable");
    }

    [Fact]
    public async Task A_file_that_SQLite_may_only_read_is_refused()
    {
        await using (var store = Open()) await store.InstallAsync();

        await RefusedAsync(Configured(("ConnectionString", $"Data Source={File};Mode=ReadOnly")), "it can only be read", "Make the file and its folder writable");
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_refused()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a right of their own on Windows.");
        System.IO.File.CreateSymbolicLink(File, File + ".other");
        System.IO.File.CreateSymbolicLink(File + ".other", File);

        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => Open().InstallAsync());

        Assert.Equal(14, Assert.IsType<SqliteException>(refused.InnerException).SqliteErrorCode);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        await using (var store = Open()) await store.InstallAsync();
        var bytes = System.IO.File.ReadAllBytes(File);
        Array.Fill(bytes, (byte)0x5A, 100, 4000);
        System.IO.File.WriteAllBytes(File, bytes);

        await RefusedAsync(Open(), "damaged", "Restore it from a backup");
    }

    [Fact]
    public async Task A_file_that_was_never_installed_says_how_to_install_it()
    {
        await Assert.ThrowsAsync<StoreUnusableException>(() => Open().InsertAsync(JobGraph.Of(new Job("a"))));
        Assert.False(System.IO.File.Exists(File));

        System.IO.File.WriteAllBytes(File, []);
        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => Open().GetRunAsync(new RunId(1)));
        Assert.Contains("Call InstallAsync first", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_vanishes_while_it_is_used_is_noticed_by_every_connection()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows does not let go of an open file.");
        var store = await OpenInstalledAsync();
        var worker = await StartWorkerAsync(store);
        await store.BeatAsync(worker, []);
        await store.GetRunAsync(new RunId(1));
        System.IO.File.Delete(File);

        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InsertAsync(JobGraph.Of(new Job("a"))));
        Assert.Contains("deleted, moved or replaced", refused.Message, StringComparison.Ordinal);
        Assert.True(store.IsTransient(refused));
        Assert.Throws<StoreUnusableException>(() => { _ = store.BeatAsync(worker, []); });
        await Assert.ThrowsAsync<StoreUnusableException>(() => store.GetRunAsync(new RunId(1)));
        var gone = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InsertAsync(JobGraph.Of(new Job("a"))));
        Assert.Contains("no such file", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_moved_away_and_back_is_used_again()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows does not let go of an open file.");
        var store = await OpenInstalledAsync();
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        TestFolder.Execute(File, "PRAGMA wal_checkpoint(TRUNCATE)");
        System.IO.File.Move(File, File + ".away");
        await Assert.ThrowsAsync<StoreUnusableException>(() => store.InsertAsync(JobGraph.Of(new Job("a"))));

        System.IO.File.Move(File + ".away", File);

        Assert.Equal(new RunId(2), (await store.InsertAsync(JobGraph.Of(new Job("a")))).Run);
    }

    [Fact]
    public async Task A_file_that_was_replaced_is_noticed_and_then_used()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows does not let go of an open file.");
        var store = await OpenInstalledAsync();
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        await using (var other = Open(File + ".other")) await other.InstallAsync();
        foreach (var name in new[] { File, File + "-wal", File + "-shm" }) System.IO.File.Delete(name);
        System.IO.File.Move(File + ".other", File);

        await Assert.ThrowsAsync<StoreUnusableException>(() => store.InsertAsync(JobGraph.Of(new Job("b"))));
        Assert.Equal(new RunId(1), (await store.InsertAsync(JobGraph.Of(new Job("b")))).Run);
    }

    [Fact]
    public async Task A_backup_that_takes_the_place_of_the_file_gets_a_write_ahead_log_again()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows does not let go of an open file.");
        var store = await OpenInstalledAsync();
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        TestFolder.Execute(File, $"VACUUM INTO '{File}.backup'");
        foreach (var name in new[] { File, File + "-wal", File + "-shm" }) System.IO.File.Delete(name);
        System.IO.File.Move(File + ".backup", File);
        Assert.Equal([["delete"]], TestFolder.Query(File, "PRAGMA journal_mode"));

        await Assert.ThrowsAsync<StoreUnusableException>(() => store.InsertAsync(JobGraph.Of(new Job("b"))));
        Assert.Equal(new RunId(2), (await store.InsertAsync(JobGraph.Of(new Job("b")))).Run);

        Assert.Equal([["wal"]], TestFolder.Query(File, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_full_disk_is_an_error_that_passes_and_leaves_nothing_half_written()
    {
        var store = await OpenInstalledAsync();
        // SQLite undoes this transaction by itself, as it does when the disk is full; there is no rollback left to be done.
        TestFolder.Execute(File, "CREATE TRIGGER full BEFORE INSERT ON job_args WHEN new.json = 'full' BEGIN SELECT raise(ROLLBACK, 'full'); END");

        var error = await Assert.ThrowsAsync<SqliteException>(() => store.InsertAsync(JobGraph.Of(new Job("a"), Job.FromJson("a", "full"))));

        Assert.DoesNotContain("transaction", error.Message, StringComparison.Ordinal);
        Assert.Null(await store.GetRunAsync(new RunId(1)));
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        Assert.True(store.IsTransient(new SqliteException("database or disk is full", 13)));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    [InlineData(10, true)]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(1, false)]
    [InlineData(18, false)]
    [InlineData(19, false)]
    public void Only_errors_that_the_data_is_to_blame_for_do_not_pass(int code, bool passes) =>
        Assert.Equal(passes, Open().IsTransient(new SqliteException("error", code)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(":memory:")]
    [InlineData("file:store.db?mode=memory")]
    public void What_is_no_path_is_refused_at_once(string path) => Assert.Throws<ArgumentException>(() => new SqliteJobStore(path));

    [Fact]
    public void A_busy_time_out_of_range_is_refused_at_once() =>
        Assert.Throws<ArgumentException>(() => new SqliteJobStore(File, new SqliteStoreOptions { BusyTimeout = TimeSpan.Zero }));

    [Fact]
    public async Task Configuration_names_a_path_or_a_connection_string()
    {
        foreach (var store in new[] { Configured(("Path", File)), Configured(("ConnectionString", $"Data Source={File}")) })
        {
            await store.InstallAsync();
            Assert.Equal(File, store.Name);
            await store.DisposeAsync();
        }
    }

    [Fact]
    public void Configuration_that_names_neither_or_both_is_refused()
    {
        Assert.Contains("Path is not set", Assert.Throws<InvalidOperationException>(() => Configured()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Configured(("Path", File), ("ConnectionString", $"Data Source={File}")));
        Assert.Throws<InvalidOperationException>(() => Configured(("ConnectionString", "Colour=blue")));
    }

    [Fact]
    public async Task An_application_picks_the_store_by_one_call()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOverseer(new JobHandlerMap()).UseSqlite(File, options => options.SurvivePowerLoss = true);
        await using var provider = services.BuildServiceProvider();

        var store = provider.GetRequiredService<IJobStore>();
        await store.InstallAsync();

        Assert.Equal(File, store.Name);
    }

    private static IJobStore Configured(params (string Name, string Value)[] settings) => OverseerStore.Open(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Overseer:Store:" + setting.Name, (string?)setting.Value)))
            .AddInMemoryCollection([KeyValuePair.Create("Overseer:Store:Adapter", (string?)"SQLite")])
            .Build(),
        OverseerStore.InMemory,
        SqliteStore.Adapter);

    private static async Task RefusedAsync(IJobStore store, params string[] says)
    {
        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => store.InstallAsync());
        Assert.Equal(store.Name, refused.Store);
        Assert.All(says, words => Assert.Contains(words, refused.Message, StringComparison.Ordinal));
        await store.DisposeAsync();
    }
}
