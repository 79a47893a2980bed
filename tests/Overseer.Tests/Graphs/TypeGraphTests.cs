using Xunit;

namespace Overseer.Tests.Graphs;

/// <summary>What the second argument of <c>FromTypes</c> is.</summary>
public sealed class TypeGraphTests
{
    private static readonly Dictionary<string, string[]> Types = new() { ["a"] = [] };

    [Fact]
    public void Text_is_the_key() => Is(JobGraph.FromTypes(Types, "text"), key: "text", args: null);

    [Fact]
    public void Text_that_is_named_args_is_the_args() => Is(JobGraph.FromTypes(Types, args: "text"), key: null, args: "\"text\"");

    [Fact]
    public void Anything_else_is_the_args() => Is(JobGraph.FromTypes(Types, 7), key: null, args: "7");

    [Fact]
    public void Two_texts_are_the_args_and_the_key() => Is(JobGraph.FromTypes(Types, "args", "key"), key: "key", args: "\"args\"");

    private static void Is(JobGraph graph, string? key, string? args) => Assert.Equal((key, args), (graph.Key, Assert.Single(graph.Jobs).Args));
}
