namespace Overseer.Stores.Tests;

public abstract class PostgresStoreTests(PostgresServers servers, string schema, bool isNewest = false) : StoreTests
{
    private string database = "";

    private Task<PostgresServer> Server => isNewest ? servers.NewestAsync() : servers.OldestAsync();

    protected override IJobStore Open(TimeProvider clock) => new ClockedStore(database, new PostgresStoreOptions { Schema = schema, Listen = false }, clock);

    public override async ValueTask InitializeAsync()
    {
        database = await (await Server).CreateDatabaseAsync();
        await ClockedStore.PrepareAsync(database);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await Server).DropDatabaseAsync(database);
        GC.SuppressFinalize(this);
    }
}

public sealed class PostgresDefaultSchemaTests(PostgresServers servers) : PostgresStoreTests(servers, "overseer");

public sealed class PostgresOtherSchemaTests(PostgresServers servers) : PostgresStoreTests(servers, "jobs_2");

public sealed class PostgresNewestVersionTests(PostgresServers servers) : PostgresStoreTests(servers, "overseer", isNewest: true);
