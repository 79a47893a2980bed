using Xunit;

namespace Overseer.Tests.Handlers;

/// <summary>What a map makes of job types that had other names, and of those that are retired.</summary>
public sealed class FormerNameTests
{
    private static readonly JobHandlerMap Handlers = new(Handler("clean", "tidy", "wash"), Handler("load"), new TestHandler<Unit, int>("old", _ => 1) { IsRetired = true });

    private static TestHandler<Unit, int> Handler(string type, params string[] formerNames) => new(type, _ => 1) { FormerNames = formerNames };

    [Fact]
    public void A_former_name_leads_to_the_handler_and_is_no_type_of_its_own()
    {
        Assert.True(Handlers.TryGet("clean", out var handler));
        Assert.True(Handlers.TryGet("tidy", out var same));
        Assert.Same(handler, same);
        Assert.Equal(["clean", "load", "old"], Handlers.Types);
        Assert.Equal(3, Handlers.Handlers.Count());
    }

    [Fact]
    public void Two_handlers_cannot_have_one_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new JobHandlerMap(Handler("clean", "load"), Handler("load")));
        Assert.Equal("Job type 'load' is claimed by Test.load and, as a former name, by Test.clean. One handler only may have it: take it from one of them.", error.Message);
        Assert.Throws<InvalidOperationException>(() => new JobHandlerMap(Handler("load"), Handler("clean", "load")));
        Assert.Throws<InvalidOperationException>(() => new JobHandlerMap(Handler("a", "old"), Handler("b", "old")));
        Assert.Throws<InvalidOperationException>(() => JobHandlerMap.Combine(new JobHandlerMap(Handler("a", "old")), new JobHandlerMap(Handler("old"))));
    }

    [Fact]
    public void A_name_that_a_handler_gives_itself_twice_is_one()
    {
        Assert.True(new JobHandlerMap(Handler("a", "a", "b", "b")).TryGet("b", out var handler));
        Assert.Equal(["a", "b"], handler.Types);
        Assert.Equal(["a", "b"], new BoundDependency("a", typeof(int)) { FormerNames = ["a", "b", "b"] }.Types);
    }

    [Fact]
    public void A_map_of_maps_keeps_former_names() => Assert.True(JobHandlerMap.Combine(Handlers, Handlers).TryGet("wash", out _));

    [Fact]
    public void A_handler_that_replaces_another_has_none_of_its_former_names()
    {
        var replaced = Handlers.With("clean", (_, _) => Task.CompletedTask);
        Assert.False(replaced.TryGet("tidy", out _));
        var error = Assert.Throws<ArgumentException>(() => Handlers.With("tidy", (_, _) => Task.CompletedTask));
        Assert.StartsWith("Job type 'tidy' is a former name of 'clean'. Give a handler for 'clean', or choose another name.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_harness_goes_around_the_present_name_and_keeps_the_former_ones()
    {
        var wrapped = Handlers.Harness("clean", JobStage.Process, (job, stage) => stage(job)).Harness("old", JobStage.Process, (job, stage) => stage(job));
        Assert.True(wrapped.TryGet("tidy", out var handler));
        Assert.Equal("clean", handler.Type);
        Assert.True(wrapped.TryGet("old", out var retired) && retired.IsRetired);
        var error = Assert.Throws<ArgumentException>(() => Handlers.Harness("tidy", JobStage.Process, (job, stage) => stage(job)));
        Assert.StartsWith("Job type 'tidy' is a former name of 'clean'. Wrap that", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_given_at_run_time_learns_the_former_names_of_its_dependencies()
    {
        var handlers = Handlers.With<Unit, int>("add", (_, _, _) => Task.FromResult(1), new BoundDependency("clean", typeof(int)), new BoundDependency("elsewhere", typeof(int)));
        Assert.True(handlers.TryGet("add", out var handler));
        Assert.Equal([["tidy", "wash"], []], handler.Dependencies.Select(bound => bound.FormerNames));
    }

    [Fact]
    public void A_new_graph_may_not_use_a_former_name()
    {
        var problem = ProblemOf(JobGraph.Of(new Job("tidy"), new Job("clean")));
        Assert.Equal(GraphProblemKind.FormerName, problem.Kind);
        Assert.Equal("Job type 'tidy' is the former name of 'clean', under which new jobs are stored. Use 'clean'.", problem.Message);
    }

    [Fact]
    public void A_new_graph_may_not_use_a_retired_type()
    {
        var problem = ProblemOf(JobGraph.Of(new Job("old"), new Job("load")));
        Assert.Equal(GraphProblemKind.RetiredType, problem.Kind);
        Assert.Equal("Job type 'old' is retired: Test.old is kept only to finish stored runs. Use another type, or take Retired away.", problem.Message);
    }

    [Fact]
    public void A_dependency_of_a_former_name_is_one_problem_and_not_two()
    {
        var taker = new TestHandler<Unit, int>("take", _ => 1) { Dependencies = [new BoundDependency("clean", typeof(int)) { FormerNames = ["tidy"] }] };
        var builder = new JobGraphBuilder("G");
        builder.Add(new Job("take"), builder.Add(new Job("tidy")));
        var handlers = new JobHandlerMap(Handler("clean", "tidy"), taker);
        Assert.Equal(GraphProblemKind.FormerName, Assert.Single(Assert.Throws<JobGraphException>(() => handlers.Validate(builder.Build())).Problems).Kind);
    }

    private static GraphProblem ProblemOf(JobGraph graph) => Assert.Single(Assert.Throws<JobGraphException>(() => Handlers.Validate(graph)).Problems);
}
