using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Overseer.Benchmarks.Peers;

internal sealed class HangfirePeer(string database, int concurrency) : IPeer
{
    private BackgroundJobServer? server;

    private PostgreSqlStorage? storage;

    public string Name => "Hangfire.PostgreSql";

    public bool IsSlow => true;

    public Task InstallAsync()
    {
        // A poll of 50 ms instead of 15 s: the setting that matters for how soon a job is picked up.
        var options = new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50), PrepareSchemaIfNecessary = true };
        var factory = new NpgsqlConnectionFactory(database, options);
        storage = new PostgreSqlStorage(factory, options);
        return Task.CompletedTask;
    }

    // It has no call for many; parallel calls are the quickest there are.
    public Task InsertAsync(int jobs)
    {
        var client = new BackgroundJobClient(storage);
        return Parallel.ForAsync(0, jobs, (_, _) =>
        {
            client.Enqueue(() => PeerTally.Ran());
            return ValueTask.CompletedTask;
        });
    }

    public Task InsertChainsAsync(int chains, int length)
    {
        var client = new BackgroundJobClient(storage);
        return Parallel.ForAsync(0, chains, (_, _) =>
        {
            var last = client.Enqueue(() => PeerTally.Ran());
            for (var i = 1; i < length; i++) last = client.ContinueJobWith(last, () => PeerTally.Ran());
            return ValueTask.CompletedTask;
        });
    }

    public Task StartAsync()
    {
        server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = concurrency }, storage);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
