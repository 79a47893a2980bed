using QuikGraph.Algorithms;
using Xunit;

namespace Overseer.Tests.Graphs;

public sealed class JobGraphTests
{
    private static readonly JobType<int, string> First = new("first");
    private static readonly JobType<Unit> Second = new("second");

    [Fact]
    public void From_types_makes_one_job_per_type_with_the_same_args()
    {
        var graph = JobGraph.FromTypes(
            new Dictionary<string, string[]> { ["start"] = [], ["one"] = ["start"], ["two"] = ["start"], ["end"] = ["one", "two"] }, new { Org = 123 });
        Assert.Equal(["start", "one", "two", "end"], graph.Jobs.Select(job => job.Type));
        Assert.All(graph.Jobs, job => Assert.Equal("""{"Org":123}""", job.Args));
        Assert.Equal(4, graph.Edges.Length);
    }

    [Fact]
    public void A_type_that_is_only_depended_on_is_a_job_too() =>
        Assert.Equal(["end", "start"], JobGraph.FromTypes(new Dictionary<string, string[]> { ["end"] = ["start"] }).Jobs.Select(job => job.Type));

    [Fact]
    public void The_builder_takes_tokens_and_shares_serialised_args()
    {
        var args = new List<int> { 1 };
        var builder = new JobGraphBuilder("Built");
        var one = builder.Add(new JobType<List<int>>("one"), args);
        var two = builder.Add(new JobType<List<int>>("two"), args, one);
        var three = builder.Add(Second, two, two);
        var graph = builder.Build("key");
        Assert.Same(one.Args, two.Args);
        Assert.Null(three.Args);
        Assert.Equal([new JobEdge(0, 1), new JobEdge(1, 2)], graph.Edges);
        Assert.Equal("key", graph.Key);
    }

    [Fact]
    public void The_builder_refuses_a_job_that_is_not_its_own() =>
        Assert.Throws<ArgumentException>(() => new JobGraphBuilder("Built").Add(new Job("a"), new Job("stranger")));

    [Fact]
    public void QuikGraph_sorts_it_in_the_order_of_execution()
    {
        var graph = JobGraph.FromTypes(new Dictionary<string, string[]> { ["c"] = ["b"], ["b"] = ["a"], ["a"] = [] });
        Assert.Equal(["a", "b", "c"], graph.ToQuikGraph().TopologicalSort().Select(job => job.Type));
    }

    [Fact]
    public void Mermaid_shows_every_job_and_edge()
    {
        var builder = new JobGraphBuilder("Drawn");
        var one = builder.Add(First, 1);
        builder.Add(Job.FromJson("second", null, "a \"b\" <c>"), one);
        Assert.Equal("flowchart LR\n    j0[\"first\"]\n    j1[\"second (a &quot;b&quot; &lt;c&gt;)\"]\n    j0 --> j1\n", builder.Build().ToMermaid());
    }

    [Fact]
    public void The_version_depends_on_shape_only()
    {
        var a = JobGraph.FromTypes(new Dictionary<string, string[]> { ["a"] = [], ["b"] = ["a"] });
        var again = JobGraph.FromTypes(new Dictionary<string, string[]> { ["b"] = ["a"] }, new { Any = 1 }, key: "k", name: "Other");
        var other = JobGraph.FromTypes(new Dictionary<string, string[]> { ["a"] = ["b"] });
        Assert.Equal(a.Version, again.Version);
        Assert.NotEqual(a.Version, other.Version);
        Assert.Matches("^[0-9a-f]{12}$", a.Version);
    }

    [Fact]
    public void The_fingerprint_tells_args_ids_edges_and_names_apart()
    {
        JobGraph[] graphs =
        [
            JobGraph.Of(new Job("a"), new Job("b")),
            JobGraph.Of(Job.FromJson("a", "1"), new Job("b")),
            JobGraph.Of(Job.FromJson("a", null, "id"), new Job("b")),
            JobGraph.Of([new Job("a"), new Job("b")], name: "Other"),
            JobGraph.FromTypes(new Dictionary<string, string[]> { ["a"] = [], ["b"] = ["a"] }, name: "Simple"),
            JobGraph.Of(new Job("ab")),
        ];
        Assert.Equal(graphs.Length, graphs.Select(graph => Convert.ToHexString(graph.Fingerprint.Span)).Distinct().Count());
        Assert.Equal(graphs[0].Fingerprint.ToArray(), JobGraph.Of(new Job("a"), new Job("b")).Fingerprint.ToArray());
    }

    [Fact]
    public void A_job_without_an_id_is_the_same_however_it_was_made()
    {
        var graph = JobGraph.Of(new Job("a") { Args = "1" });
        Assert.Equal(graph.Fingerprint.ToArray(), JobGraph.Of(Job.FromJson("a", "1")).Fingerprint.ToArray());
        Assert.Equal(graph.Fingerprint.ToArray(), JobGraph.Of(Job.Create("a", 1)).Fingerprint.ToArray());
    }

    [Theory]
    [InlineData("17-3", true)]
    [InlineData("0-0", true)]
    [InlineData("017-3", false)]
    [InlineData("17-", false)]
    [InlineData("-3", false)]
    [InlineData("1-2-3", false)]
    [InlineData("+1-2", false)]
    [InlineData("99999999999999999999-1", false)]
    [InlineData("order-5", false)]
    public void Only_ids_that_a_store_gave_are_read_as_such(string id, bool expected)
    {
        Assert.Equal(expected, JobId.TryParse(id, out var run, out var number));
        if (expected) Assert.Equal(id, JobId.For(run, number).Value);
    }
}
