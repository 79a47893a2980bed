namespace Overseer.Stores.Tests;

/// <summary>Tests of one store in a database of its own, with one worker.</summary>
public abstract class PostgresWorkerTests(PostgresServers servers) : PostgresTests(servers)
{
    protected PostgresJobStore Store { get; private set; } = null!;

    protected WorkerId Worker { get; set; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Store = await InstalledAsync();
        Worker = await StartWorkerAsync(Store);
    }

    public override async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
