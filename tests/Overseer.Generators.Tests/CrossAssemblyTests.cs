namespace Overseer.Generators.Tests;

public class CrossAssemblyTests
{
    private const string Library = Sources.Usings + """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Friend")]
        namespace Lib;
        public record Args(int Id);
        public record Rows(string? Path);
        [JobType("lib-load")] public class Load(IFormatProvider format) { public Rows? Process(Args args) => new(format.ToString()); }
        [JobType("lib-clean"), DependsOn<Load>] public class Clean { public List<string?> Process(Args args, Rows? rows) => []; }
        [JobType("lib-inner")] internal class Inner { public int Process(Args args) => 1; internal record Secret(int Id); }
        [JobType("lib-outer"), DependsOn<Inner>] public class Outer { public int Process(int inner) => inner; }
        [JobType("lib-secret")] internal class Secret { internal void Process(Inner.Secret secret) { } }
        [JobType("lib-open"), DependsOn<Secret>] public class Open { public void Process() { } }
        """;

    private static Generated FromLibrary(string source, string assembly = "App", params Microsoft.CodeAnalysis.MetadataReference[] more) =>
        Generated.From([Sources.Usings + "using Lib;\n" + source], [Generated.From([Library], [], "Lib", "Lib").CompilesCleanly().Reference(), .. more], assembly, assembly);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_graph_reaches_into_a_referenced_assembly(bool asReferenceAssembly)
    {
        var library = Generated.From([Library], [], "Lib", "Lib").CompilesCleanly().Reference(asReferenceAssembly);
        var generated = Generated.From(
            [Sources.Usings + """
            using Lib;
            [JobType("sink"), DependsOn<Clean>, DependsOn<Outer>] public class Sink { public void Process(List<string> rows, int number) { } }
            public static class Program { public static JobGraph Graph() => JobGraphs.CreateSink(new Args(1), key: "k"); public static JobHandlerMap Map => App.JobHandlers.All; }
            """],
            [library], "App", "App").CompilesCleanly();
        Assert.Contains(
            """
                        var inner = graph.Add(JobTypes.Inner, args);
                        var load = graph.Add(JobTypes.Load, args);
                        var clean = graph.Add(JobTypes.Clean, args, load);
                        var outer = graph.Add(JobTypes.Outer, inner);
                        graph.Add(JobTypes.Sink, clean, outer);
            """,
            generated["JobGraphs.g.cs"],
            StringComparison.Ordinal);
        Assert.Contains(
            """
                public static global::Overseer.JobHandlerMap All { get; } = global::Overseer.JobHandlerMap.Combine(
                    Own,
                    global::Overseer.Generated.Lib_Manifest.Handlers);
            """,
            generated["JobHandlers.g.cs"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_upstream_must_be_accessible()
    {
        var source = """[JobType("sink"), DependsOn<Open>] public class Sink { public void Process() { } }""";
        Assert.Equal(
            ["OVS103 Lib.Secret | it is in another assembly, and its Process stage or its args are not accessible from here"],
            Problems.In([Sources.Usings + "using Lib;\n" + source], [Generated.From([Library], [], "Lib", "Lib").Reference()]));
        Assert.Contains("has an error: OVS103.", FromLibrary(source).CompilesCleanly()["JobGraphs.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_friend_reaches_internal_handlers()
    {
        var generated = FromLibrary("""[JobType("sink"), DependsOn<Secret>, DependsOn<Inner>] class Sink { public void Process(int inner) { } }""", "Friend").CompilesCleanly();
        Assert.Contains("internal static JobGraph CreateSink(global::Lib.Args args, global::Lib.Inner.Secret secret,", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_type_is_claimed_once_over_assemblies() =>
        Assert.Equal(
            ["OVS102 lib-load | Mine | Lib.Load | give one of them another name"],
            Problems.In([Sources.Usings + """[JobType("lib-load")] public class Mine { public void Process() { } }"""], [Generated.From([Library], [], "Lib", "Lib").Reference()]));

    [Fact]
    public void A_graph_name_is_used_by_one_assembly()
    {
        Assert.Equal(
            ["OVS205 Clean | assembly Lib has a graph of that name"],
            Problems.In([Sources.Usings + """[JobType("mine"), JobGraph("Clean")] public class Mine { public void Process() { } }"""], [Generated.From([Library], [], "Lib", "Lib").Reference()]));
    }

    [Theory]
    [InlineData("", "", "OVS102 load | Two.Load (Two) | One.Load (One) | give one of them another name")]
    [InlineData("", "[JobType(\"sink\"), DependsOn<Two.Load>] public class Sink { public void Process() { } }", "OVS102 load | Two.Load (Two) | One.Load (One) | give one of them another name")]
    [InlineData(", JobGraph(\"Daily\")", "", "OVS102 load | Two.Load (Two) | One.Load (One) | give one of them another name;OVS205 Daily | assemblies One and Two both have a graph of that name")]
    public void What_two_referenced_assemblies_claim_is_told_where_they_meet(string attributes, string source, string expected)
    {
        var one = Generated.From([Sources.Usings + $$"""namespace One; [JobType("load"){{attributes}}] public class Load { public int Process() => 1; }"""], [], "One", "One").CompilesCleanly().Reference();
        var two = Generated.From([Sources.Usings + $$"""namespace Two; [JobType("load"){{attributes}}] public class Load { public int Process() => 1; }"""], [], "Two", "Two").CompilesCleanly().Reference();
        Assert.Equal(expected.Split(';'), Problems.In([Sources.Usings + source], [one, two]));
        Assert.Empty(Generated.From([Sources.Usings + source], [one, two]).GeneratedDiagnostics);
    }

    [Fact]
    public void Graphs_that_are_named_after_their_classes_may_share_a_name()
    {
        var one = Generated.From([Sources.Usings + """namespace One; [JobType("one")] public class Load { public int Process() => 1; }"""], [], "One", "One").Reference();
        var two = Generated.From([Sources.Usings + """namespace Two; [JobType("two")] public class Load { public int Process() => 1; } record Args(int Id); [JobType("hidden"), JobGraph("Same")] class Hidden { internal void Process(Args args) { } }"""], [], "Two", "Two").Reference();
        var three = Generated.From([Sources.Usings + """namespace Three; [JobType("three")] class Same { public void Process() { } }"""], [], "Three", "Three").Reference();
        Assert.Empty(Problems.In([""], [one, two, three]));
    }

    [Fact]
    public void Own_names_stay_clear_of_those_of_a_referenced_assembly()
    {
        var generated = FromLibrary("""
            namespace App
            {
                [JobType("load")] public class Load { public int Process() => 1; }
                [JobType("clean"), DependsOn<Load>, DependsOn<Lib.Clean>] public class Clean { public void Process(int load) { } }
            }
            """).CompilesCleanly();
        Assert.Contains("App_Load => ", generated["JobTypes.g.cs"], StringComparison.Ordinal);
        Assert.Contains(
            """
                        var graph = new JobGraphBuilder("App_Clean");
                        var libLoad = graph.Add(JobTypes.Load, args);
                        var appLoad = graph.Add(JobTypes.App_Load);
                        var libClean = graph.Add(JobTypes.Clean, args, libLoad);
                        graph.Add(JobTypes.App_Clean, appLoad, libClean);
                        return graph.Build(key, options);
            """,
            generated["JobGraphs.g.cs"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_that_two_referenced_assemblies_share_are_made_on_the_spot()
    {
        const string Twin = Sources.Usings + """
            namespace Twin { [JobType("twin-load")] public class Load { public int Process(string id) => 1; } }
            """;
        var generated = FromLibrary(
            """[JobType("sink"), DependsOn<Lib.Load>, DependsOn<Twin.Load>] public class Sink { public void Process(int load) { } }""",
            "App",
            Generated.From([Twin], [], "Twin", "Twin").CompilesCleanly().Reference()).CompilesCleanly();
        Assert.Contains("""graph.Add(new JobType<string>("twin-load"), id)""", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void All_reaches_over_several_assemblies()
    {
        var library = Generated.From([Library], [], "Lib", "Lib").Reference();
        var middle = Generated.From(
            [Sources.Usings + """namespace Mid; [JobType("mid"), DependsOn<Lib.Clean>] public class Middle { public int Process() => 1; }"""],
            [library], "My-Middle", "Mid").CompilesCleanly().Reference();
        var generated = Generated.From(
            [Sources.Usings + """[JobType("sink"), DependsOn<Mid.Middle>] public class Sink { public void Process(int middle) { } }"""],
            [library, middle], "App", null).CompilesCleanly();
        Assert.Contains("global::Overseer.Generated.Lib_Manifest.Handlers,", generated["JobHandlers.g.cs"], StringComparison.Ordinal);
        Assert.Contains("global::Overseer.Generated.My_Middle_", generated["JobHandlers.g.cs"], StringComparison.Ordinal);
        Assert.Contains("4  sink ← mid", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_known_by_an_extern_alias_only_is_left_out() =>
        Generated.From(
            [Sources.Usings + """[JobType("sink")] public class Sink { public void Process() { } }"""],
            [Generated.From([Library], [], "Lib", "Lib").Reference().WithAliases(["lib"])], "App", "App").CompilesCleanly();

    [Fact]
    public void An_assembly_harness_covers_its_own_handlers_only()
    {
        var library = Generated.From(
            [Sources.Usings + """
            [assembly: Harness<Lib.Connect>]
            namespace Lib;
            public class Connect : IJobHarness<int> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<int, T> stage) => stage(job, 1); }
            [JobType("load")] public class Load { public int Process(int connection, string args) => 1; }
            """],
            [], "Lib", "Lib").CompilesCleanly();
        Assert.Contains("connect.InvokeAsync(job, (_, connection) => ", library["Lib_Load_JobHandler.g.cs"], StringComparison.Ordinal);
        var generated = Generated.From(
            [Sources.Usings + """[JobType("sink"), DependsOn<Lib.Load>] public class Sink { public void Process(int load) { } }"""],
            [library.Reference()], "App", "App").CompilesCleanly();
        Assert.Contains("CreateSink(string args,", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
        Assert.Contains("handler.Process(load)", generated["Sink_JobHandler.g.cs"], StringComparison.Ordinal);
    }
}
