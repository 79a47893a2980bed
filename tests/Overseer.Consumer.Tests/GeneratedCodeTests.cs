using Library;
using Overseer;

namespace Consumer;

public class GeneratedCodeTests
{
    [Fact]
    public async Task A_graph_over_two_assemblies_runs()
    {
        var ran = await Ran.ToEndAsync(JobGraphs.CreateShout(new Text("one two three"), mark: '#', key: "k"));
        Assert.True(ran.Outcome.Run.Status == RunStatus.Finished, $"{ran.Outcome}");
        Assert.Equal("# by shout: 3 WORDS ON MAIN: ONE,TWO,THREE (13)", await ran.Run.ResultAsync(JobTypes.Shout, TestContext.Current.CancellationToken));
        Assert.Equal(3, await ran.Run.ResultAsync(JobTypes.Counted, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stages_run_inside_their_harnesses_and_all_is_disposed_in_reverse()
    {
        var ran = await Ran.ToEndAsync(JobGraphs.CreateShout(new Text("one"), mark: '#'));
        Assert.Equal(
            [
                "outer: JobContext",
                "outer ends",
                "outer: String",
                "connect",
                "process",
                "outer ends",
                "outer: String",
                "outer ends",
                "report is disposed",
                "connection is disposed",
                "outer is disposed",
                "outer is disposed",
                "outer is disposed",
            ],
            ran.Lines);
    }

    [Fact]
    public async Task A_signal_of_PreProcess_ends_the_job()
    {
        var ran = await Ran.ToEndAsync(JobGraphs.CreateRefuse());
        Assert.Equal(RunStatus.Finished, ran.Outcome.Run.Status);
        Assert.Equal(["outer is disposed"], ran.Lines);
    }

    [Fact]
    public void All_has_the_handlers_of_the_library_and_Own_has_not()
    {
        Assert.Equal(["bill", "count", "counted", "order", "refuse", "report", "shout", "split", "weigh"], JobHandlers.All.Types);
        Assert.Equal(["bill", "order", "refuse", "report", "shout", "weigh"], JobHandlers.Own.Types);
    }

    [Fact]
    public void A_handler_lists_what_it_needs()
    {
        Assert.True(JobHandlers.All.TryGet("report", out var report));
        Assert.Equal(
            [new ServiceNeed(typeof(Trace)), new ServiceNeed(typeof(Trace), "keyed"), new ServiceNeed(typeof(TimeProvider))],
            report.Services);
        Assert.Equal([new BoundDependency("counted", typeof(int?)), new BoundDependency("split", typeof(Words))], report.Dependencies);
        Assert.Equal("Consumer.Report", report.Name);
        Assert.Equal(typeof(Text), report.Args);
        Assert.Equal(typeof(string), report.Result);
    }

    [Fact]
    public void Generated_graphs_are_what_a_builder_makes()
    {
        var text = new Text("one");
        var builder = new JobGraphBuilder("CountWords");
        var split = builder.Add(JobTypes.Split, text);
        var count = builder.Add(new Job("count"), split);
        builder.Add(JobTypes.Counted, count);
        var graph = JobGraphs.CreateCountWords(text);
        Assert.Equal(builder.Build().Version, graph.Version);
        Assert.Equal(builder.Build().Fingerprint.ToArray(), graph.Fingerprint.ToArray());
        JobHandlers.All.Validate(graph);
    }
}
