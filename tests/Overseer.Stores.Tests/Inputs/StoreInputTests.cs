namespace Overseer.Stores.Tests;

public sealed class InMemoryInputTests : InputTests
{
    protected override Task<IJobStore> OpenAsync() => Task.FromResult<IJobStore>(new InMemoryJobStore());
}

public sealed class SqliteInputTests : InputTests
{
    private readonly TestFolder folder = new();

    protected override async Task<IJobStore> OpenAsync()
    {
        var store = new SqliteJobStore(folder.File("store.db"));
        await store.InstallAsync();
        return store;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresInputTests(PostgresServers servers) : InputTests
{
    private string database = "";

    protected override async Task<IJobStore> OpenAsync()
    {
        database = await (await servers.OldestAsync()).CreateDatabaseAsync();
        var store = new PostgresJobStore(database, new PostgresStoreOptions { Listen = false });
        await store.InstallAsync();
        return store;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await servers.OldestAsync()).DropDatabaseAsync(database);
    }
}
