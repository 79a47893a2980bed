using Overseer.Tests.Handlers;
using Xunit;

namespace Overseer.Tests.Client;

/// <summary>A run inserted again, by a build that calls its job types and members by other names.</summary>
public sealed class StoredGraphTests
{
    private static readonly JobHandlerMap Old = new(Handler<Before>("read"), Handler<Before>("clean"), Handler<Before>("show"));

    private static readonly JobHandlerMap New = new(Handler<After>("zip", "read"), Handler<After>("clean"), Handler<After>("alter", "show", "display"));

    public sealed record Before(int Count, string Path);

    public sealed record After([WasNamed("Count")] int Total, string Path);

    private static TestHandler<TArgs, Unit> Handler<TArgs>(string type, params string[] formerNames) => new(type, _ => Unit.Value) { FormerNames = formerNames };

    private static JobGraph OldGraph(string? ids = null) => Graph("read", "show", new Before(1, "ü"), ids);

    private static JobGraph NewGraph(int total = 1, string? ids = null) => Graph("zip", "alter", new After(total, "ü"), ids);

    /// <summary>As generated code builds one: in the order of levels, and of names inside a level.</summary>
    private static JobGraph Graph<TArgs>(string first, string second, TArgs args, string? ids, string last = "clean")
    {
        var builder = new JobGraphBuilder("Report");
        foreach (var type in new[] { first, second }.Order(StringComparer.Ordinal)) builder.Add(Job.Create(type, args, ids is null ? null : $"{ids}-{(type == first ? 1 : 2)}"));
        var graph = builder.Build();
        builder.Add(Job.Create(last, args, ids is null ? null : $"{ids}-3"), graph.Jobs.Single(job => job.Type == first));
        return builder.Build(ids is null ? "key" : null);
    }

    [Fact]
    public async Task A_run_that_differs_only_by_former_names_is_the_same()
    {
        var store = new InMemoryJobStore();
        var first = await InsertAsync(store, Old, OldGraph());
        var again = await InsertAsync(store, New, NewGraph());
        Assert.Equal((first.Id, true), (again.Id, again.AlreadyExisted));
        Assert.Null(await store.GetRunAsync(new RunId(2), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_holds_for_jobs_with_ids_of_their_own()
    {
        var store = new InMemoryJobStore();
        var first = await InsertAsync(store, Old, OldGraph(ids: "mine"));
        var again = await InsertAsync(store, New, NewGraph(ids: "mine"));
        Assert.Equal((first.Id, true), (again.Id, again.AlreadyExisted));
    }

    [Fact]
    public async Task Jobs_of_one_type_are_told_apart_by_their_order()
    {
        var store = new InMemoryJobStore();
        var before = new JobHandlerMap(Handler<int>("old"));
        var after = new JobHandlerMap(Handler<int>("new", "old"));
        JobGraph Chain(string type, int first, int second) => JobGraph.Of([Job.Create(type, first), Job.Create(type, second)], key: "key");
        await InsertAsync(store, before, Chain("old", 1, 2));
        Assert.True((await InsertAsync(store, after, Chain("new", 1, 2))).AlreadyExisted);
        await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(store, after, Chain("new", 2, 1)));
    }

    [Fact]
    public async Task Other_args_other_edges_and_other_types_are_still_a_conflict()
    {
        var store = new InMemoryJobStore();
        var first = await InsertAsync(store, Old, OldGraph());
        var error = await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(store, New, NewGraph(total: 2)));
        Assert.Equal(first.Id, error.Existing);
        await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(store, New, Graph("alter", "zip", new After(1, "ü"), ids: null)));
        await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(store, New, Graph("zip", "alter", new After(1, "ü"), ids: null, last: "alter")));
        var fewer = new JobGraphBuilder("Report");
        fewer.Add(Job.Create("zip", new After(1, "ü")));
        await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(store, New, fewer.Build("key")));
        Assert.Null(await store.GetRunAsync(new RunId(2), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ids_of_which_only_some_are_taken_are_still_a_conflict()
    {
        var store = new InMemoryJobStore();
        await InsertAsync(store, Old, JobGraph.Of(Job.Create("read", new Before(1, ""), "a")));
        var error = await Assert.ThrowsAsync<JobConflictException>(() =>
            InsertAsync(store, New, JobGraph.Of(Job.Create("zip", new After(1, ""), "a"), Job.Create("zip", new After(1, ""), "b"))));
        Assert.Equal([new JobId("a")], error.Ids);
    }

    private static Task<RunHandle> InsertAsync(InMemoryJobStore store, JobHandlerMap handlers, JobGraph graph) =>
        new OverseerClient(store, handlers).TransactAsync(graph, TestContext.Current.CancellationToken);
}
