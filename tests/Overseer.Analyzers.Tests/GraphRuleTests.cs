using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS201, OVS202 and OVS205: what a graph must be.</summary>
public sealed class GraphRuleTests
{
    [Theory]
    [InlineData("[{|OVS201:DependsOn<Plain>|}]")]
    [InlineData("[{|OVS201:DependsOn(typeof(Plain))|}]")]
    [InlineData("[DependsOn(typeof(Good), {|OVS201:typeof(Plain)|})]")]
    [InlineData("[{|OVS201:DependsOn<string>|}]")]
    [InlineData("[{|OVS201:DependsOn<Alias>|}]")]
    public async Task OVS201_the_missing_handler(string attribute)
    {
        var messages = await Checked.Async($$"""
            using Alias = Space.Plain;
            namespace Space
            {
                class Plain { public void Process() { } }
                [JobType("good")] class Good { public void Process() { } }
                [JobType("a")] {{attribute}} class A { public void Process() { } }
            }
            """);
        Assert.Contains("Space.A depends on ", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS201_is_silent_for_handlers_of_this_and_of_referenced_assemblies() =>
        await Checked.Async(
            ["""[JobType("b")] class B { public void Process() { } } [JobType("a")] [DependsOn<B>, DependsOn(typeof(Theirs))] class A { public void Process() { } }"""],
            [Checked.Library("Library", """[JobType("theirs")] public class Theirs { public void Process() { } }""")]);

    [Fact]
    public async Task OVS202_a_cycle_is_told_once_with_its_whole_path()
    {
        var messages = await Checked.Async("""
            [JobType("a")] [{|OVS202:DependsOn<C>|}] class A { public void Process() { } }
            [JobType("b")] [DependsOn<A>] class B { public void Process() { } }
            [JobType("c")] [DependsOn<B>] class C { public void Process() { } }
            [JobType("d")] [DependsOn<C>] class D { public void Process() { } }
            """);
        Assert.Contains("a → c → b → a", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS202_a_job_that_depends_on_itself() =>
        await Checked.Async("""[JobType("a")] [{|OVS202:DependsOn(typeof(A))|}] class A { public void Process() { } }""");

    [Fact]
    public async Task OVS202_two_cycles_are_two_errors() =>
        await Checked.Async("""
            [JobType("a")] [{|OVS202:DependsOn<B>|}] class A { public void Process() { } }
            [JobType("b")] [DependsOn<A>] class B { public void Process() { } }
            [JobType("x")] [{|OVS202:DependsOn<Y>|}] class X { public void Process() { } }
            [JobType("y")] [DependsOn<X>] class Y { public void Process() { } }
            """);

    [Fact]
    public async Task OVS202_is_silent_for_a_diamond() =>
        await Checked.Async("""
            [JobType("a")] class A { public void Process() { } }
            [JobType("b")] [DependsOn<A>] class B { public void Process() { } }
            [JobType("c")] [DependsOn<A>] class C { public void Process() { } }
            [JobType("d")] [DependsOn<B>, DependsOn<C>] class D { public void Process() { } }
            """);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"Daily Report\"")]
    [InlineData("\"7days\"")]
    public async Task OVS205_a_graph_name_that_is_no_identifier(string name) =>
        await Checked.Async($$"""[JobType("a")] [{|OVS205:JobGraph({{name}})|}] class A { public void Process() { } }""");

    [Fact]
    public async Task OVS205_a_graph_name_that_a_referenced_assembly_uses() =>
        await Checked.Async(
            ["""[JobType("a")] [{|OVS205:JobGraph("Daily")|}] class A { public void Process() { } }"""],
            [Checked.Library("Library", """[JobType("theirs")] [JobGraph("Daily")] public class Theirs { public void Process() { } }""")]);

    [Fact]
    public async Task OVS205_is_silent_for_two_targets_of_one_graph_and_for_keywords() =>
        await Checked.Async("""
            [JobType("a")] [JobGraph("Daily"), JobGraph("class")] class A { public void Process() { } }
            [JobType("b")] [JobGraph("Daily")] [JobGraph("Größe")] class B { public void Process() { } }
            """);
}
