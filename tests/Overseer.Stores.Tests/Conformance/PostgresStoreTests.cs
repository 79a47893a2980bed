namespace Overseer.Stores.Tests;

public sealed class PostgresStoreTests(PostgresServers servers) : StoreTests
{
    private string database = "";

    protected override IJobStore Open(TimeProvider clock) => new ClockedStore(database, new PostgresStoreOptions { Listen = false }, clock);

    public override async ValueTask InitializeAsync()
    {
        database = await (await servers.OldestAsync()).CreateDatabaseAsync();
        await ClockedStore.PrepareAsync(database);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await servers.OldestAsync()).DropDatabaseAsync(database);
    }
}
