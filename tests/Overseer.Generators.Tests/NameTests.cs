namespace Overseer.Generators.Tests;

public class NameTests
{
    [Fact]
    public void Tokens_that_clash_take_the_shortest_prefix()
    {
        var generated = Generated.From(Sources.Usings + """
            namespace A.One { [JobType("a1")] public class Load { public void Process() { } } }
            namespace B.One { [JobType("b1")] public class Load { public void Process() { } } }
            namespace Two { [JobType("two")] public class Load { public void Process() { } public class Nested { [JobType("nested")] public class Inner { public void Process() { } } } } }
            namespace Three { [JobType("three")] public class Inner { public void Process() { } } [JobType("other")] public class Other { public void Process() { } } }
            """).CompilesCleanly();
        var tokens = generated["JobTypes.g.cs"];
        foreach (var name in (string[])["A_One_Load", "B_One_Load", "Two_Load", "Nested_Inner", "Three_Inner", "Other"])
        {
            Assert.Contains($"public static JobType<Unit> {name} => Tokens.{name};", tokens, StringComparison.Ordinal);
            Assert.Contains($"JobGraph Create{name}(", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Classes_of_any_name_compile() =>
        Generated.From(Sources.Usings + """
            #pragma warning disable CS8981
            [JobType("a")] public class @class { public string Process() => ""; }
            [JobType("b"), DependsOn<@class>] public class Größe { public void Process(string @class, [FromServices] IFormatProvider field) { } }
            [JobType("c")] public class await { public void Process(int @params) { } }
            [JobType("d")] public class Load { public void Process() { } }
            [JobType("e")] public class load { public void Process() { } }
            [JobType("f")] public class Job { public int Process() => 1; }
            [JobType("g"), DependsOn<Job>] public class JobAttempt { public void Process(int job) { } }
            [JobType("h")] public class Tokens { public void Process() { } }
            [JobType("i")] public class Equals { public void Process() { } }
            [JobType("j")] public class ValueTask { public void Process() { } }
            [JobType("k")] public class Unit { public void Process() { } }
            [JobType("l")] public class JobHandler { public Unit Process() => new(); }
            [JobType("m"), DependsOn<Graph>] public class JobTypes { public void Process(Graph graph) { } }
            [JobType("n")] public class Graph { public int Process(int graph) => 1; }
            [JobType("o")] public class Stages { public string Process(Stages args) => ""; }
            namespace System { [JobType("p")] public class Outer { [JobType("q")] public class Task { public int Process(int args) => 1; public void PostProcess(int result) { } } public void Process() { } } }
            namespace @namespace.@event { [JobType("r")] public class @string { public record @int(int @long); public @int Process(@int args) => args; } }
            namespace Overseers.Overseer { [JobType("s")] public class Sink { public void Process() { } } }
            """).CompilesCleanly();

    [Fact]
    public void Files_are_named_after_the_full_class_name()
    {
        var generated = Generated.From(Sources.Usings + """
            namespace A.B;
            public static class Outer { [JobType("a")] public class Load { public void Process() { } } [JobType("b")] public class LOAD { public void Process() { } } }
            [JobType("c")] public class Sink { public void Process() { } }
            """).CompilesCleanly();
        Assert.Equal(
            ["A_B_Outer_LOAD_079e7f9a_JobHandler.g.cs", "A_B_Outer_Load_82e8fe7a_JobHandler.g.cs", "A_B_Sink_JobHandler.g.cs"],
            generated.Files.Where(file => file.Contains('_', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Reports", null, "namespace Reports;")]
    [InlineData("Reports", "Acme.Reports", "namespace Acme.Reports;")]
    [InlineData("my-app", null, "namespace my_app;")]
    [InlineData("my-app", "my-app.1st.class", "namespace my_app._1st.@class;")]
    public void JobHandlers_live_in_the_root_namespace(string assembly, string? rootNamespace, string expected)
    {
        var generated = Generated.From([Sources.Reports], [], assembly, rootNamespace).CompilesCleanly();
        Assert.Contains(expected, generated["JobHandlers.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_handlers_has_JobHandlers_all_the_same()
    {
        var generated = Generated.From("public static class Program { public static Overseer.JobHandlerMap Map => Reports.JobHandlers.All; }").CompilesCleanly();
        Assert.Equal(["JobHandlers.g.cs"], generated.Files);
    }

    [Fact]
    public void Every_spelling_of_an_attribute_is_understood()
    {
        var generated = Generated.From(
            """
            global using Named = Overseer.JobTypeAttribute;
            global using After = Overseer.DependsOnAttribute<N.Load>;
            """,
            """
            namespace N;
            [Named(Names.Load)] public record class Load(System.IFormatProvider Format) { public int Process() => 1; }
            public static class Names { public const string Load = "lo" + "ad"; }
            [global::Overseer.JobTypeAttribute("sink")] public partial class Sink { public void Process(int load) { } }
            """,
            """
            namespace N;
            [After] public partial class Sink;
            [Named("drain"), Overseer.DependsOn(new System.Type[] { typeof(Load), typeof(Sink) })] public class Drain { public void Process(int load) { } }
            [Named("gutter"), Overseer.DependsOn] public class Gutter { public void Process() { } }
            """).CompilesCleanly();
        Assert.Contains("2  sink ← load", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
        Assert.Contains("3  drain ← load, sink", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
    }
}
