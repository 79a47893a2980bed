using Xunit;

namespace Overseer.Tests.Graphs;

/// <summary>One job object in several places of a graph.</summary>
public sealed class RepeatedJobTests
{
    [Fact]
    public void Each_place_is_a_job_of_its_own()
    {
        var job = Job.Create("a", 7);
        var graph = JobGraph.Of(job, job, new Job("b"), job);

        Assert.Equal(["a", "a", "b", "a"], graph.Jobs.Select(each => each.Type));
        Assert.Equal(4, graph.ToQuikGraph().VertexCount);
        Assert.All(graph.Jobs.Where(each => each.Type == "a"), each => Assert.Same(job.Args, each.Args));
        Assert.Same(job, graph.Jobs[0]);
    }

    [Fact]
    public void Its_args_are_still_known_to_come_from_an_object()
    {
        var handlers = new JobHandlerMap().With<int, Unit>("a", (_, _, _) => Task.FromResult(Unit.Value));
        handlers.Validate(JobGraph.Of(Enumerable.Repeat(Job.Create("a", 7), 3)));
        Assert.Throws<JobGraphException>(() => handlers.Validate(JobGraph.Of(Enumerable.Repeat(Job.Create("a", 7, "mine"), 2))));
    }
}
