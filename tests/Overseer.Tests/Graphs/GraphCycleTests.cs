using Xunit;

namespace Overseer.Tests.Graphs;

/// <summary>Graphs with several cycles: all are found at once, and none twice.</summary>
public sealed class GraphCycleTests
{
    private static readonly string[] Types = ["a", "b", "c", "d", "e", "f"];

    private static readonly JobHandlerMap Handlers = Types.Aggregate(new JobHandlerMap(), (map, type) => map.With(type, (_, _) => Task.CompletedTask));

    [Theory]
    [InlineData("a>b b>a c>d d>c", "a → b → a", "c → d → c")]
    [InlineData("a>b b>a b>c c>d d>c d>e e>e", "a → b → a", "c → d → c", "e → e")]
    [InlineData("a>b b>c c>a c>d d>e e>d a>f", "a → b → c → a", "d → e → d")]
    [InlineData("a>b b>c c>d d>b c>e e>c", "b → c → d → b")]
    [InlineData("a>b b>c c>b c>d d>a", "b → c → b")]
    [InlineData("a>b b>c a>c")]
    public void Cycles_that_share_no_job_are_each_named(string edges, params string[] expected)
    {
        var builder = new JobGraphBuilder("G");
        var jobs = Types.ToDictionary(type => type, type => builder.Add(new Job(type)));
        foreach (var edge in edges.Split(' ')) builder.DependsOn(jobs[edge[2..]], jobs[edge[..1]]);
        var graph = builder.Build();

        var found = expected.Length == 0 ? [] : Assert.Throws<JobGraphException>(() => Handlers.Validate(graph)).Problems;
        if (expected.Length == 0) Handlers.Validate(graph);
        Assert.Equal(expected.Select(cycle => $"Jobs wait for each other: {cycle}. Take one of these dependencies out."), found.Select(problem => problem.Message));
    }

    [Fact]
    public void Each_job_of_a_long_chain_that_leads_back_costs_no_walk_along_it()
    {
        var builder = new JobGraphBuilder("Back");
        var first = builder.Add(new Job("a"));
        var last = builder.Add(new Job("b"), first);
        builder.DependsOn(first, last);
        for (var i = 0; i < 50_000; i++)
        {
            last = builder.Add(new Job("c"), last);
            builder.DependsOn(first, last);
        }

        Assert.Single(Assert.Throws<JobGraphException>(() => Handlers.Validate(builder.Build())).Problems);
    }
}
