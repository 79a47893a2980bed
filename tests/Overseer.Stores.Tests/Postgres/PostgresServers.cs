[assembly: Xunit.AssemblyFixture(typeof(Overseer.Stores.Tests.PostgresServers))]

namespace Overseer.Stores.Tests;

/// <summary>The servers of this test run: started when first asked for, stopped with the run.</summary>
public sealed class PostgresServers : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> oldest = new(() => PostgresServer.StartAsync());

    internal Task<PostgresServer> OldestAsync() => oldest.Value;

    public async ValueTask DisposeAsync()
    {
        if (oldest.IsValueCreated) await (await oldest.Value).DisposeAsync();
    }
}
