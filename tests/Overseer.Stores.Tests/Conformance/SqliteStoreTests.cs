namespace Overseer.Stores.Tests;

public sealed class SqliteStoreTests : StoreTests
{
    private readonly TestFolder folder = new();

    protected override IJobStore Open(TimeProvider clock) => new SqliteJobStore(folder.File("store.db"), options: null, clock);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
