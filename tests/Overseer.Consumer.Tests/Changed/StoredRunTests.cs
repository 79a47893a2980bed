using Overseer;

namespace Consumer.Changed;

/// <summary>A run that an earlier build stored and began, finished by this one: a type and members have other names since, and a handler is retired.</summary>
public sealed class StoredRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("overseer-").FullName;

    private sealed record OldArgs(string Item, int Pieces);

    private sealed record OldOrdered(int Sum, IReadOnlyList<OldArgs> Lines);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The handlers of the earlier build.</summary>
    private static JobHandlerMap Old { get; } = new JobHandlerMap()
        .With<OldArgs, OldOrdered>("take-order", (_, args, _) => Task.FromResult(new OldOrdered(3 * args.Pieces, [args])))
        .With<OldArgs, string>("bill", (_, _, _) => Task.FromResult(""), new BoundDependency("take-order", typeof(OldOrdered)))
        .With<Unit, int>("weigh", (_, _, _) => Task.FromResult(0), new BoundDependency("take-order", typeof(OldOrdered)));

    /// <summary>Those of this build that such a run needs; the others ask for services.</summary>
    private static JobHandlerMap Present { get; } = new JobHandlerMap(JobHandlers.Own.Handlers.Where(handler => handler.Type is "order" or "bill" or "weigh"));

    private static JobHandlerMap OldOrderOnly { get; } = new JobHandlerMap(Old.Handlers.Where(handler => handler.Type == "take-order"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_of_an_earlier_build_ends_as_if_nothing_had_changed(bool hasBegun)
    {
        await using var store = new SqliteJobStore(Path.Combine(folder, "orders.db"));
        var before = new OverseerClient(store, Old);
        var inserted = await before.TransactAsync(OldGraph(), Token);
        if (hasBegun) await RunOldOrderAsync(store, inserted);

        await using var worker = await OverseerWorker.StartAsync(store, Present, cancellationToken: Token);
        var run = (await new OverseerClient(store, JobHandlers.Own).FindRunAsync("order-7", Token))!;
        var outcome = await run.WaitAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.True(outcome.IsFinished, $"{outcome}");
        Assert.Equal("6 for 2 pens", await run.ResultAsync(JobTypes.Bill, Token));
        Assert.Equal(60, await run.ResultAsync(JobTypes.Weigh, Token));
        Assert.Equal(new OrderArgs("pens", 2), Assert.Single((await run.ResultAsync(JobTypes.Order, Token)).Lines));
    }

    [Fact]
    public async Task The_same_graph_is_found_by_its_key_under_its_new_names()
    {
        await using var store = new SqliteJobStore(Path.Combine(folder, "orders.db"));
        JobGraphBuilder builder = new("Bill");
        builder.Add(Job.Create("bill", new OldArgs("pens", 2)), builder.Add(Job.Create("take-order", new OldArgs("pens", 2))));
        var stored = await new OverseerClient(store, Old).TransactAsync(builder.Build("order-7"), Token);

        var again = await new OverseerClient(store, JobHandlers.Own).TransactAsync(JobGraphs.CreateBill(new OrderArgs("pens", 2), key: "order-7"), Token);
        Assert.Equal((stored.Id, true), (again.Id, again.AlreadyExisted));
        await Assert.ThrowsAsync<JobConflictException>(() =>
            new OverseerClient(store, JobHandlers.Own).TransactAsync(JobGraphs.CreateBill(new OrderArgs("pens", 3), key: "order-7"), Token));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static JobGraph OldGraph()
    {
        var builder = new JobGraphBuilder("Orders");
        var order = builder.Add(Job.Create("take-order", new OldArgs("pens", 2)));
        builder.Add(Job.Create("bill", new OldArgs("pens", 2)), order);
        builder.Add(new Job("weigh"), order);
        return builder.Build("order-7");
    }

    private static async Task RunOldOrderAsync(SqliteJobStore store, RunHandle run)
    {
        await using var worker = await OverseerWorker.StartAsync(store, OldOrderOnly, cancellationToken: Token);
        while ((await run.GetAsync(Token)).Finished == 0)
            await store.WaitForChangeAsync(TimeSpan.FromMilliseconds(50), Token);
    }
}
