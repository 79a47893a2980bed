using Xunit;

namespace Overseer.Tests.Client;

public sealed class TransactTests : IAsyncDisposable
{
    private readonly InMemoryJobStore store = new();
    private readonly JobHandlerMap handlers = new JobHandlerMap().With("a", (_, _) => Task.CompletedTask);

    [Fact]
    public async Task A_graph_that_cannot_run_is_not_inserted()
    {
        var client = new OverseerClient(store, handlers);
        await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(JobGraph.Of([new Job("a"), new Job("b")], "key"), TestContext.Current.CancellationToken));
        Assert.Null(await client.FindRunAsync("key", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_clients_limit_of_args_is_the_options()
    {
        var client = new OverseerClient(store, handlers, new OverseerOptions { MaxPayloadBytes = 1024 });
        var error = await Assert.ThrowsAsync<JobGraphException>(() => client.TransactAsync(JobGraph.Of(Job.Create("a", new string('x', 1023))), TestContext.Current.CancellationToken));
        Assert.Equal(GraphProblemKind.ArgsTooLarge, Assert.Single(error.Problems).Kind);
        Assert.False((await client.TransactAsync(JobGraph.Of(Job.Create("a", new string('x', 1022))), TestContext.Current.CancellationToken)).AlreadyExisted);
    }

    [Fact]
    public async Task A_taken_key_is_a_conflict_unless_the_existing_run_will_do()
    {
        var client = new OverseerClient(store, handlers);
        var first = await client.TransactAsync(JobGraph.Of([Job.Create("a", 1)], "key"), TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<JobConflictException>(() => client.TransactAsync(JobGraph.Of([Job.Create("a", 2)], "key"), TestContext.Current.CancellationToken));
        Assert.Equal(("key", first.Id), (error.Key, error.Existing));
        var existing = await client.TransactAsync(JobGraph.Of([Job.Create("a", 2)], "key", new RunOptions { UseExistingRun = true }), TestContext.Current.CancellationToken);
        Assert.Equal((first.Id, true), (existing.Id, existing.AlreadyExisted));
    }

    [Fact]
    public async Task A_run_is_read_page_by_page()
    {
        var client = new OverseerClient(store, handlers);
        var run = await client.TransactAsync(JobGraph.Of(Enumerable.Range(0, 2500).Select(_ => new Job("a"))), TestContext.Current.CancellationToken);
        var numbers = new List<int>();
        await foreach (var job in run.JobsAsync(TestContext.Current.CancellationToken)) numbers.Add(job.Number);
        Assert.Equal(Enumerable.Range(0, 2500), numbers);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
