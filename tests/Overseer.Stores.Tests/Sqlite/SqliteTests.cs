using Microsoft.Extensions.Time.Testing;

namespace Overseer.Stores.Tests;

/// <summary>What the tests of the SQLite store alone start from: a folder, a clock, and stores on files in it.</summary>
public abstract class SqliteTests : IAsyncDisposable
{
    private readonly TestFolder folder = new();

    private readonly List<IJobStore> stores = [];

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero));

    protected string Folder => folder.Path;

    protected string File => folder.File("store.db");

    protected SqliteJobStore Open(string? file = null, SqliteStoreOptions? options = null, TimeProvider? clock = null)
    {
        var store = new SqliteJobStore(file ?? File, options, clock ?? Clock);
        stores.Add(store);
        return store;
    }

    protected async Task<SqliteJobStore> OpenInstalledAsync(string? file = null, SqliteStoreOptions? options = null, TimeProvider? clock = null)
    {
        var store = Open(file, options, clock);
        await store.InstallAsync();
        return store;
    }

    protected static async Task<WorkerId> StartWorkerAsync(IJobStore store)
    {
        var worker = WorkerId.New();
        await store.RegisterWorkerAsync(new WorkerRegistration(worker, "host:1", TimeSpan.FromSeconds(60)));
        return worker;
    }

    protected static Task<IReadOnlyList<ReservedJob>> ReserveAsync(IJobStore store, WorkerId worker, int slots, string type) =>
        store.ReserveAsync(new ReserveRequest(worker, [new ReserveType(type, [])], slots));

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores) await store.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
