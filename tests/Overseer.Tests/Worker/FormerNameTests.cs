using Overseer.Tests.Handlers;
using Xunit;

namespace Overseer.Tests.Worker;

/// <summary>Runs that were stored when job types had other names, and workers that know the new ones.</summary>
public sealed class FormerNameTests
{
    private static readonly string[] Seen = ["seen"];

    private static JobHandlerMap Old { get; } = new JobHandlerMap(
        new TestHandler<int, int>("read", attempt => attempt.Args<int>()),
        new TestHandler<Unit, int>("twice", attempt => 2 * attempt.ResultOf<int>("read")) { Dependencies = [new BoundDependency("read", typeof(int))] },
        new TestHandler<Unit, string>("show", attempt => "") { Dependencies = [new BoundDependency("twice", typeof(int))] });

    private static JobHandlerMap New { get; } = new JobHandlerMap(
        new TestHandler<int, int>("load", attempt => attempt.Args<int>()) { FormerNames = ["fetch", "read"] },
        new TestHandler<Unit, int>("double", attempt => 2 * attempt.ResultOf<int>("load"))
        {
            FormerNames = ["twice"],
            Dependencies = [new BoundDependency("load", typeof(int)) { FormerNames = ["fetch", "read"] }],
        })
        .With<Unit, string>("show", (job, _, _) => Task.FromResult($"{job.Type}: {job.ResultOf<int>("double")}"), new BoundDependency("double", typeof(int)));

    private static JobGraph Graph(string read, string twice, string? key = null) =>
        JobGraph.FromTypes(new Dictionary<string, string[]> { [read] = [], [twice] = [read], ["show"] = [twice] }, 21, key);

    [Fact]
    public async Task A_run_of_before_is_run_by_the_handlers_of_now()
    {
        var store = new InMemoryJobStore();
        var inserted = await new OverseerClient(store, Old).TransactAsync(Graph("read", "twice"), TestContext.Current.CancellationToken);
        await using var test = await TestWorker.StartAsync(New, store: store);
        var outcome = await TestWorker.WaitAsync(inserted);
        Assert.True(outcome.IsFinished, $"{outcome}");
        Assert.Equal(["read", "show", "twice"], (await JobsOf(inserted)).Select(job => job.Type).Order(StringComparer.Ordinal));
        Assert.Equal("show: 42", await inserted.ResultAsync(new JobType<int, string>("show"), TestContext.Current.CancellationToken));
        Assert.Equal(42, await inserted.ResultAsync(new JobType<Unit, int>("double") { FormerNames = ["twice"] }, TestContext.Current.CancellationToken));
        Assert.Equal(21, await inserted.ResultAsync(new JobType<int, int>("load") { FormerNames = ["fetch", "read"] }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_handler_sees_the_type_as_it_is_stored()
    {
        var seen = "";
        var store = new InMemoryJobStore();
        var handlers = new JobHandlerMap(new TestHandler<Unit, Unit>("new", attempt => { seen = attempt.Job.Type; return Unit.Value; }) { FormerNames = Seen });
        await new OverseerClient(store, TestWorker.Handle("seen", (_, _) => Task.CompletedTask)).TransactAsync(JobGraph.Of(new Job("seen")), TestContext.Current.CancellationToken);
        await using var test = await TestWorker.StartAsync(handlers, store: store);
        await TestWorker.WaitAsync((await test.Client.GetRunAsync(new RunId(1), TestContext.Current.CancellationToken))!);
        Assert.Equal("seen", seen);
    }

    [Fact]
    public async Task A_result_that_is_there_under_two_names_is_not_guessed()
    {
        var store = new InMemoryJobStore();
        var before = new JobHandlerMap(new TestHandler<Unit, int>("a", _ => 1), new TestHandler<Unit, int>("b", _ => 2), new TestHandler<Unit, int>("take", _ => 3));
        var graph = JobGraph.FromTypes(new Dictionary<string, string[]> { ["take"] = ["a", "b"] });
        var run = await new OverseerClient(store, before).TransactAsync(graph, TestContext.Current.CancellationToken);
        var handlers = new JobHandlerMap(new TestHandler<Unit, int>("b", _ => 2) { FormerNames = ["a"] })
            .With<Unit, int>("take", (job, _, _) => Task.FromResult(job.ResultOf<int>("b")), new BoundDependency("b", typeof(int)));
        await using var test = await TestWorker.StartAsync(handlers, store: store);
        var problem = Assert.Single((await TestWorker.WaitAsync(run)).Problems);
        Assert.Equal(JobReason.Unreadable, problem.Reason);
        Assert.Contains("there are several, under its present name and former ones", problem.Failure!.Message, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => run.ResultAsync(new JobType<Unit, int>("b") { FormerNames = ["a"] }, TestContext.Current.CancellationToken));
        Assert.Contains("several jobs of type 'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retired_handler_finishes_what_is_stored()
    {
        var store = new InMemoryJobStore();
        var run = await new OverseerClient(store, TestWorker.Handle("old", (_, _) => Task.CompletedTask)).TransactAsync(JobGraph.Of(new Job("old")), TestContext.Current.CancellationToken);
        await using var test = await TestWorker.StartAsync(new JobHandlerMap(new TestHandler<Unit, int>("old", _ => 7) { IsRetired = true }), store: store);
        Assert.True((await TestWorker.WaitAsync(run)).IsFinished);
        Assert.Equal(7, await run.ResultAsync(new JobType<Unit, int>("old"), TestContext.Current.CancellationToken));
    }

    private static async Task<List<Job>> JobsOf(RunHandle run)
    {
        var jobs = new List<Job>();
        await foreach (var job in run.JobsAsync(TestContext.Current.CancellationToken)) jobs.Add(job);
        return jobs;
    }
}
