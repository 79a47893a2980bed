namespace Overseer.Stores.Tests;

public abstract class PostgresStoreTests(PostgresServers servers, string schema) : StoreTests
{
    private string database = "";

    protected override IJobStore Open(TimeProvider clock) => new ClockedStore(database, new PostgresStoreOptions { Schema = schema, Listen = false }, clock);

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
        GC.SuppressFinalize(this);
    }
}

public sealed class PostgresDefaultSchemaTests(PostgresServers servers) : PostgresStoreTests(servers, "overseer");

public sealed class PostgresOtherSchemaTests(PostgresServers servers) : PostgresStoreTests(servers, "jobs_2");
