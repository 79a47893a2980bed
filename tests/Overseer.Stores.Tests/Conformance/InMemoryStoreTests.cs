namespace Overseer.Stores.Tests;

public sealed class InMemoryStoreTests : StoreTests
{
    protected override IJobStore Open(TimeProvider clock) => new InMemoryJobStore(clock);
}
