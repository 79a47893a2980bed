using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS201, OVS202 and OVS205: what a graph must be. OVS203 and OVS204: what it could do without.</summary>
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

    [Theory]
    [InlineData("[{|OVS201:DependsOn<Good>|}] [JobGraph(\"Daily\")] class Plain", "DependsOn")]
    [InlineData("[{|OVS201:DependsOn(typeof(Good))|}] partial class Plain", "DependsOn")]
    [InlineData("[{|OVS201:JobGraph(\"Daily\")|}] sealed class Plain", "JobGraph")]
    [InlineData("[Obsolete] [{|OVS201:Harness<Wrap>(Order = 1)|}] class Plain", "Harness")]
    [InlineData("[{|OVS201:DependsOn<Good>|}] static class Plain", "DependsOn")]
    public async Task OVS201_attributes_of_a_handler_on_a_class_that_is_none(string declaration, string attribute)
    {
        var messages = await Checked.Async($$"""
            class Wrap : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }
            [JobType("good")] class Good { public void Process() { } }
            {{declaration}} { public static void Process() { } }
            """);
        Assert.Equal($"Plain is not a job handler: it lacks [JobType], without which its [{attribute}] does nothing; add [JobType], or take the attribute away", Assert.Single(messages));
    }

    [Fact]
    public async Task OVS201_a_base_class_whose_attributes_nobody_inherits() =>
        await Checked.Async("""
            [JobType("good")] class Good { public void Process() { } }
            [{|OVS201:DependsOn<Good>|}] class Base { public void Process() { } }
            [JobType("a")] class A : Base;
            """);

    [Fact]
    public async Task OVS201_is_silent_for_abstract_bases_and_where_it_has_been_said_of_the_class() =>
        await Checked.Async("""
            [JobType("good")] class Good { public void Process() { } }
            [DependsOn<Good>] abstract class Base { public void Process() { } }
            [DependsOn<Good>] class Plain { public void Process() { } }
            [JobType("a")] [{|OVS201:DependsOn<Plain>|}] class A : Base;
            [{|CS0246:{|CS0246:JobTipe|}|}("b")] [DependsOn<Good>] class B { public void Process() { } }
            """);

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
    [InlineData("[DependsOn<B>] [{|OVS203:DependsOn<B>|}]")]
    [InlineData("[DependsOn<B>, {|OVS203:DependsOn(typeof(B))|}]")]
    [InlineData("[DependsOn(typeof(B), {|OVS203:typeof(B)|})]")]
    [InlineData("[DependsOn(typeof(B), typeof(C), {|OVS203:typeof(global::Space.B)|})]")]
    [InlineData("[DependsOn<B>] [{|OVS203:DependsOn<Alias>|}]")]
    public async Task OVS203_the_second_of_two(string attributes)
    {
        var messages = await Checked.Async($$"""
            using Alias = Space.B;
            namespace Space
            {
                [JobType("b")] class B { public void Process() { } }
                [JobType("c")] class C { public void Process() { } }
                [JobType("a")] {{attributes}} class A { public void Process() { } }
            }
            """);
        Assert.Equal("Space.A already depends on B; once is enough, so take this one out", Assert.Single(messages));
    }

    [Fact]
    public async Task OVS203_in_two_parts_of_one_class_and_across_assemblies() =>
        await Checked.Async(
            ["""[JobType("a")] [DependsOn<Theirs>] partial class @event { public void Process() { } }""", "[{|OVS203:DependsOn<Theirs>|}] partial class @event;"],
            [Checked.Library("Library", """[JobType("theirs")] public class Theirs { public void Process() { } }""")]);

    [Fact]
    public async Task OVS203_is_silent_for_classes_of_one_name_and_where_another_mistake_is_told() =>
        await Checked.Async("""
            class Plain;
            namespace One { [JobType("one")] class Größe { public void Process() { } } }
            namespace Two { [JobType("two")] class Größe { public void Process() { } } class Outer { [JobType("three")] internal class Größe { public void Process() { } } } }
            [JobType("a")] [DependsOn<One.Größe>, DependsOn(typeof(Two.Größe), typeof(Two.Outer.Größe))] class A { public void Process() { } }
            [JobType("b")] [{|OVS201:DependsOn<Plain>|}, {|OVS201:DependsOn<Plain>|}] class B { public void Process() { } }
            """);

    private const string Chain = """
        [JobType("load")] public class Load { public int Process() => 1; }
        [JobType("clean"), DependsOn<Load>] public class Clean { public string Process() => ""; }

        """;

    [Theory]
    [InlineData("[{|OVS204:DependsOn<Load>|}] [DependsOn<Clean>]", "string text")]
    [InlineData("[DependsOn(typeof(Clean), {|OVS204:typeof(Load)|})]", "")]
    [InlineData("[DependsOn<Clean>, {|OVS204:DependsOn(typeof(Load))|}]", "JobContext job, [ResultOf<Clean>] string text")]
    public async Task OVS204_a_dependency_of_a_dependency(string attributes, string parameters)
    {
        var messages = await Checked.Async(Chain + $$"""[JobType("a")] {{attributes}} class A { public void Process({{parameters}}) { } }""");
        Assert.Equal("A runs after Load anyway, because it depends on Clean, and takes no result of Load; take this dependency out", Assert.Single(messages));
    }

    [Fact]
    public async Task OVS204_far_upstream_and_in_another_assembly() =>
        await Checked.Async(
            ["""
            namespace @class { class Outer { [JobType("b"), DependsOn<Clean>] internal partial class B { public void Process() { } } } }
            [JobType("a")] [DependsOn<@class.Outer.B>, {|OVS204:DependsOn<Load>|}] class A { public void Process() { } }
            """],
            [Checked.Library("Library", Chain)]);

    [Theory]
    [InlineData("[DependsOn<Load>, DependsOn<Clean>]", "int number")]
    [InlineData("[DependsOn<Load>, DependsOn<Clean>]", "string text, [ResultOf<Load>] int number")]
    [InlineData("[DependsOn<Other>]", "")]
    [InlineData("[DependsOn<Clean>, DependsOn<Other>]", "")]
    [InlineData("[DependsOn<Clean>]", "")]
    public async Task OVS204_is_silent_where_the_result_is_taken_and_where_nothing_is_implied(string attributes, string parameters) =>
        await Checked.Async(Chain + $$"""
            [JobType("other"), DependsOn<Load>] public class Other { public void Process() { } }
            [JobType("a")] {{attributes}} class A { public void Process({{parameters}}) { } }
            """);

    [Fact]
    public async Task OVS204_is_silent_where_a_result_is_taken_in_another_stage() =>
        await Checked.Async(Chain + """[JobType("a"), DependsOn<Load>, DependsOn<Clean>] class A { public void Process() { } public void PostProcess(int number) { } }""");

    [Fact]
    public async Task OVS204_is_silent_on_cycles_and_behind_them_and_while_a_parameter_is_unbound() =>
        await Checked.Async(Chain + """
            [JobType("x")] [{|OVS202:DependsOn<Y>|}, DependsOn<Load>] class X { public void Process() { } }
            [JobType("y")] [DependsOn<X>, DependsOn<Load>] class Y { public void Process() { } }
            [JobType("z")] [DependsOn<X>, DependsOn<Y>] class Z { public void Process() { } }
            [JobType("twin"), DependsOn<Load>] public class Twin { public int Process() => 1; }
            [JobType("a")] [DependsOn<Load>, DependsOn<Twin>] class A { public void Process(int {|OVS303:number|}) { } }
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
    public async Task OVS205_a_graph_name_that_two_referenced_assemblies_use() =>
        await Checked.Async(["class C { JobGraph Make() => {|OVS205:JobGraphs.{|CS0121:CreateDaily|}|}(); }"], Daily);

    [Fact]
    public async Task OVS205_a_graph_name_of_two_references_that_no_line_uses()
    {
        var diagnostic = Assert.Single(await Checked.FindAsync(["""[JobType("a")] class A { public void Process() { } }"""], Daily));
        Assert.Equal(Microsoft.CodeAnalysis.Location.None, diagnostic.Location);
        Assert.Equal("'Daily' cannot name a graph: assemblies One and Two both have a graph of that name; choose another name", diagnostic.GetMessage(null));
    }

    private static Microsoft.CodeAnalysis.MetadataReference[] Daily =>
    [
        Checked.Library("One", """[JobType("one"), JobGraph("Daily")] public class One { public void Process() { } }"""),
        Checked.Library("Two", """[JobType("two"), JobGraph("Daily")] public class Two { public void Process() { } }"""),
    ];

    [Fact]
    public async Task OVS205_is_silent_for_two_targets_of_one_graph_and_for_keywords() =>
        await Checked.Async("""
            [JobType("a")] [JobGraph("Daily"), JobGraph("class")] class A { public void Process() { } }
            [JobType("b")] [JobGraph("Daily")] [JobGraph("Größe")] class B { public void Process() { } }
            """);
}
