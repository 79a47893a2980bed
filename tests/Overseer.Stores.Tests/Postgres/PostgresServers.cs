[assembly: Xunit.AssemblyFixture(typeof(Overseer.Stores.Tests.PostgresServers))]

namespace Overseer.Stores.Tests;

/// <summary>The servers of this test run: started when first asked for, stopped with the run.</summary>
public sealed class PostgresServers : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> oldest = new(() => PostgresServer.StartAsync());

    private readonly Lazy<Task<PostgresServer>> newest = new(() => PostgresServer.StartAsync(
        Environment.GetEnvironmentVariable("OVERSEER_TEST_NEWEST_PGBIN") is { Length: > 0 } binaries ? binaries : null));

    /// <summary>The oldest version of PostgreSQL that the tests know.</summary>
    internal Task<PostgresServer> OldestAsync() => oldest.Value;

    /// <summary>The newest: the binaries in <c>OVERSEER_TEST_NEWEST_PGBIN</c>, which <c>./test --newest</c> sets; otherwise the same as the oldest.</summary>
    internal Task<PostgresServer> NewestAsync() => newest.Value;

    public async ValueTask DisposeAsync()
    {
        if (oldest.IsValueCreated) await (await oldest.Value).DisposeAsync();
        if (newest.IsValueCreated) await (await newest.Value).DisposeAsync();
    }
}
