namespace Overseer.Stores.Tests;

public sealed class InMemorySecretTests : SecretTests
{
    protected override Task<IJobStore> OpenAsync() => Task.FromResult<IJobStore>(new InMemoryJobStore());
}
