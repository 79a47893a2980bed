namespace Overseer.Benchmarks.Peers;

internal sealed class OverseerPeer(string database, int concurrency) : IPeer
{
    private readonly PostgresJobStore store = new(database);

    private OverseerWorker? worker;

    public string Name => "Overseer";

    public bool IsSlow => false;

    public Task InstallAsync() => store.InstallAsync();

    public Task InsertAsync(int jobs) => new OverseerClient(store, JobHandlers.All).TransactAsync([.. Enumerable.Range(0, jobs).Select(_ => JobGraph.Of(new Job("peer")))]);

    public Task InsertChainsAsync(int chains, int length) => new OverseerClient(store, JobHandlers.All).TransactAsync([.. Enumerable.Range(0, chains).Select(_ => Chain(length))]);

    public async Task StartAsync() => worker = await OverseerWorker.StartAsync(store, JobHandlers.All, options: new OverseerOptions { Concurrency = concurrency });

    public async ValueTask DisposeAsync()
    {
        if (worker is not null) await worker.DisposeAsync();
        await store.DisposeAsync();
    }

    private static JobGraph Chain(int length)
    {
        var graph = new JobGraphBuilder("Chain");
        var last = graph.Add(new Job("peer"));
        for (var i = 1; i < length; i++) last = graph.Add(new Job("peer"), last);
        return graph.Build();
    }
}
