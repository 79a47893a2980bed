using Overseer.Tests.Handlers;
using Xunit;

namespace Overseer.Tests.Client;

/// <summary>A run inserted again, by a build that calls its job types and members by other names.</summary>
public sealed class StoredGraphTests
{
    private static readonly JobHandlerMap Old = new(Handler<Before>("read"), Handler<Before>("clean"), Handler<Before>("show"));

    private static readonly JobHandlerMap New = new(Handler<After>("zip", "read"), Handler<After>("clean"), Handler<After>("alter", "show", "display"));

    public static TheoryData<string, string, string> Changes { get; } = new()
    {
        { """{"Count":1,"Path":"ü"}""", nameof(Grown), """{"Count":1,"Path":"ü","Lines":3,"Note":null}""" },
        { """{"Count":1,"Path":"ü"}""", nameof(Shrunk), """{"Count":1}""" },
        { """{"Count":1,"Path":"ü"}""", nameof(Turned), """{"Path":"ü","Count":1}""" },
        { """{"Count":1,"Path":"ü"}""", nameof(Widened), """{"Count":1,"Path":"ü"}""" },
        { """{"Count":1}""", nameof(Mended), """{"Count":1,"Path":"none"}""" },
        { """{"Count":1,"Path":"ü"}""", nameof(Unit), "" },
    };

    public sealed record Grown(int Count, string Path, int Lines = 3) { public string? Note { get; init; } }

    public sealed record Shrunk(int Count);

    public sealed record Turned(string Path, int Count);

    public sealed record Widened(long Count, string? Path);

    public sealed record Mended(int Count, string Path = "none");

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

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Args_that_mean_the_same_now_are_the_same(string before, string type, string after)
    {
        var store = new InMemoryJobStore();
        var first = await InsertAsync(store, new(Handler<object>("a")), JobGraph.Of([Job.FromJson("a", before)], "key"));
        JobHandler now = type switch
        {
            nameof(Grown) => Handler<Grown>("a"),
            nameof(Shrunk) => Handler<Shrunk>("a"),
            nameof(Turned) => Handler<Turned>("a"),
            nameof(Widened) => Handler<Widened>("a"),
            nameof(Mended) => Handler<Mended>("a"),
            _ => Handler<Unit>("a"),
        };
        var again = await InsertAsync(store, new(now), JobGraph.Of([Job.FromJson("a", after.Length == 0 ? null : after)], "key"));
        Assert.Equal((first.Id, true), (again.Id, again.AlreadyExisted));
    }

    [Theory]
    [InlineData("""{"Count":1,"Path":"ü"}""", """{"Count":1,"Path":"ü","Lines":4,"Note":null}""")]
    [InlineData("""{"Count":1,"Path":"ü"}""", """{"Count":1,"Path":"ü","Lines":3,"Note":""}""")]
    [InlineData("""{"Count":2,"Path":"ü"}""", """{"Count":1,"Path":"ü","Lines":3,"Note":null}""")]
    [InlineData("""{"Count":1}""", """{"Count":1,"Path":"ü","Lines":3,"Note":null}""")]
    [InlineData("[]", """{"Count":1,"Path":"ü","Lines":3,"Note":null}""")]
    public async Task Args_that_mean_something_else_now_or_nothing_are_others(string before, string after)
    {
        var store = new InMemoryJobStore();
        await InsertAsync(store, new(Handler<object>("b"), Handler<object>("a")), JobGraph.Of([Job.FromJson("b", "1"), Job.FromJson("a", before)], "key"));
        var error = await Assert.ThrowsAsync<JobConflictException>(() =>
            InsertAsync(store, new(Handler<int>("b"), Handler<Grown>("a")), JobGraph.Of([Job.FromJson("b", "1"), Job.FromJson("a", after)], "key")));
        Assert.Equal("key", error.Key);
        Assert.EndsWith("The first difference: job 'a' has other args in the run.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Args_that_a_handler_may_look_at_without_taking_them_are_compared_as_text()
    {
        var store = new InMemoryJobStore();
        await InsertAsync(store, new(Handler<Unit>("a")), JobGraph.Of([Job.FromJson("a", "1")], "key"));
        await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(store, new(Handler<Unit>("a")), JobGraph.Of([Job.FromJson("a", "2")], "key")));
    }

    [Fact]
    public async Task A_job_that_is_there_once_more_or_less_is_named()
    {
        var store = new InMemoryJobStore();
        var handlers = new JobHandlerMap(Handler<Unit>("a"), Handler<Unit>("b"));
        await InsertAsync(store, handlers, JobGraph.Of([new Job("a"), new Job("b")], "key"));
        var error = await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(store, handlers, JobGraph.Of([new Job("a"), new Job("a")], "key")));
        Assert.Contains("the run has no job 'a', or one fewer", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<JobConflictException>(() => InsertAsync(store, handlers, JobGraph.Of([new Job("a")], "key")));
        Assert.Contains("the run has one more job 'b", error.Message, StringComparison.Ordinal);
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
