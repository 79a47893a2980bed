using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS206: graphs that are written out as dictionaries.</summary>
public sealed class RunTimeGraphTests
{
    private const string Handlers = """
        public record Rows(int Count);
        static class Names { public const string Load = "load"; }
        [JobType("load")] public class Load { public Rows Process() => new(1); }
        [JobType("clean"), DependsOn<Load>] public class Clean { public void Process(Rows rows) { } }
        [JobType("tell")] public class Tell { public void Process() { } }

        """;

    [Theory]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]> { [{|OVS206:"lod"|}] = [] })""")]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]> { { {|OVS206:"lod"|}, new[] { "load" } } })""")]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]>(4, StringComparer.Ordinal) { ["tell"] = new string[] { Names.Load, {|OVS206:"lo" + "d"|} } }, 7, name: "Mine")""")]
    [InlineData("""JobGraph.FromTypes(key: "k", dependencies: new SortedDictionary<string, string[]> { ["tell"] = ["load", {|OVS206:"lod"|}], ["lod"] = [] })""")]
    [InlineData("""JobGraph.FromTypes<int>((IReadOnlyDictionary<string, string[]>)(new Dictionary<string, string[]> { [{|OVS206:"lod"|}] = Array.Empty<string>() }), 1)""")]
    public async Task OVS206_a_type_nobody_handles(string call)
    {
        var messages = await Checked.Async(Handlers + $$"""class C { JobGraph Make() => {{call}}; }""");
        Assert.Equal("This graph cannot run: no handler is known for job type 'lod'; did you mean 'load'?", Assert.Single(messages));
    }

    [Theory]
    [InlineData("Load", "load")]
    [InlineData("laod", "load")]
    [InlineData("send_report", "send-report")]
    [InlineData("snd-repotr", "send-report")]
    [InlineData("sendreport", "send-report")]
    [InlineData("lot", null)]
    [InlineData("x", null)]
    [InlineData("dial", null)]
    [InlineData("read-reports", null)]
    [InlineData("mail-1b", null)]
    public async Task OVS206_suggests_the_one_name_that_is_near(string name, string? near)
    {
        var messages = await Checked.Async(Handlers + $$"""
            [JobType("send-report")] class Send { public void Process() { } }
            [JobType("mail-1a")] class MailOne { public void Process() { } }
            [JobType("mail-1c")] class MailTwo { public void Process() { } }
            class C { JobGraph Make() => JobGraph.FromTypes(new Dictionary<string, string[]> { [{|OVS206:"{{name}}"|}] = [] }); }
            """);
        Assert.EndsWith(near is null ? $"; correct the name, or add a class with [JobType(\"{name}\")]" : $"; did you mean '{near}'?", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""new() { [{|OVS206:"clean"|}] = [] }""")]
    [InlineData("""new() { { {|OVS206:"clean"|}, ["tell"] }, { "load", [] } }""")]
    [InlineData("""new() { ["tell"] = [{|OVS206:"clean"|}] }""")]
    [InlineData("""new() { [{|OVS206:"clean"|}] = new string[0] }""")]
    public async Task OVS206_a_dependency_whose_result_is_taken_is_lacking(string literal)
    {
        var messages = await Checked.Async(Handlers + $$"""class C { JobGraph Make() => JobGraph.FromTypes({{literal.Replace("new()", "new Dictionary<string, string[]>()", StringComparison.Ordinal)}}); }""");
        Assert.Equal(
            "This graph cannot run: job 'clean' lacks its dependency on 'load', whose result Clean takes; add \"load\" to the dependencies of \"clean\"",
            Assert.Single(messages));
    }

    [Theory]
    [InlineData("""JobGraph Make() { var graph = new Dictionary<string, string[]> { ["nobody"] = [] }; return JobGraph.FromTypes({|OVS206:graph|}); }""")]
    [InlineData("""JobGraph Make() { Dictionary<string, string[]> graph = new() { ["nobody"] = [] }; Func<JobGraph> make = () => JobGraph.FromTypes({|OVS206:graph|}); return make(); }""")]
    [InlineData("""static readonly Dictionary<string, string[]> Graph = new() { ["nobody"] = [] }; JobGraph Make() => JobGraph.FromTypes({|OVS206:C.Graph|}, Graph.Count);""")]
    [InlineData("""public readonly IReadOnlyDictionary<string, string[]> Graph = new Dictionary<string, string[]> { ["nobody"] = [] }; JobGraph Make() => JobGraph.FromTypes({|OVS206:this.Graph|});""")]
    public async Task OVS206_a_variable_that_is_assigned_once(string members) => await Checked.Async(Handlers + $$"""class C { {{members}} }""");

    [Fact]
    public async Task OVS206_a_field_in_another_part_of_the_class() =>
        await Checked.Async(
            Handlers + """partial class C { JobGraph Make() => JobGraph.FromTypes({|OVS206:Graph|}); }""",
            """partial class C { private static readonly Dictionary<string, string[]> Graph = new() { ["nobody"] = [] }; }""");

    [Fact]
    public async Task OVS206_handlers_of_a_referenced_assembly_are_known_with_what_they_take() =>
        await Checked.Async(
            ["""class C { JobGraph Make() => JobGraph.FromTypes(new Dictionary<string, string[]> { ["load"] = [], [{|OVS206:"clean"|}] = ["tell"], ["tell"] = [] }); }"""],
            [Checked.Library("Library", Handlers)]);

    [Theory]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]> { ["load"] = [], ["clean"] = ["load", "tell"] })""")]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]> { { "clean", new[] { Names.Load } } }, 7)""")]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]>())""")]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]> { [text] = [], ["nobody"] = [] })""")]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]> { ["clean"] = [.. more] })""")]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]> { ["clean"] = more })""")]
    [InlineData("""JobGraph.FromTypes(new Dictionary<string, string[]>(other) { ["clean"] = [] })""")]
    [InlineData("""JobGraph.FromTypes(other)""")]
    [InlineData("""Other.FromTypes(new Dictionary<string, string[]> { ["nobody"] = [] })""")]
    public async Task OVS206_is_silent_for_sound_graphs_and_for_what_is_not_written_out(string call) =>
        await Checked.Async(Handlers + $$"""
            static class Other { public static JobGraph FromTypes(IReadOnlyDictionary<string, string[]> types) => JobGraph.FromTypes(types); }
            class C { JobGraph Make(string text, string[] more, Dictionary<string, string[]> other) => {{call}}; }
            """);

    [Theory]
    [InlineData("""JobGraph Make() { var graph = new Dictionary<string, string[]> { ["clean"] = [] }; graph["clean"] = ["load"]; return JobGraph.FromTypes(graph); }""")]
    [InlineData("""JobGraph Make() { var graph = new Dictionary<string, string[]> { ["clean"] = [] }; Fill(graph); return JobGraph.FromTypes(graph); } void Fill(Dictionary<string, string[]> graph) => graph.Clear();""")]
    [InlineData("""JobGraph Make() { var graph = new Dictionary<string, string[]> { ["clean"] = [] }; graph = new() { ["load"] = [] }; return JobGraph.FromTypes(graph); }""")]
    [InlineData("""static Dictionary<string, string[]> Graph = new() { ["nobody"] = [] }; JobGraph Make() => JobGraph.FromTypes(Graph);""")]
    [InlineData("""internal static readonly Dictionary<string, string[]> Graph = new() { ["nobody"] = [] }; JobGraph Make() => JobGraph.FromTypes(Graph);""")]
    [InlineData("""readonly IReadOnlyDictionary<string, string[]> graph = new Dictionary<string, string[]> { ["nobody"] = [] }; public C() { graph = new Dictionary<string, string[]>(); } JobGraph Make() => JobGraph.FromTypes(graph);""")]
    public async Task OVS206_is_silent_where_the_variable_may_hold_something_else(string members) => await Checked.Async(Handlers + $$"""class C { {{members}} }""");

    [Theory]
    [InlineData("""handlers.With("nobody", (job, ct) => Task.CompletedTask)""", "nobody")]
    [InlineData("""handlers.With<int, int>("nobody", (job, args, ct) => Task.FromResult(args))""", "nobody")]
    [InlineData("""handlers.With("clean", (job, ct) => Task.CompletedTask)""", "clean")]
    [InlineData("""handlers.With(handlers.ToString()!, (job, ct) => Task.CompletedTask)""", "nobody")]
    public async Task OVS206_is_silent_where_the_handler_is_given_at_run_time(string with, string type) =>
        await Checked.Async(Handlers + $$"""
            class C
            {
                JobGraph Make() => JobGraph.FromTypes(new Dictionary<string, string[]> { ["{{type}}"] = [] });
                JobHandlerMap All(JobHandlerMap handlers) => {{with}};
            }
            """);

    [Fact]
    public async Task OVS206_is_silent_in_a_project_that_knows_no_handlers() =>
        await Checked.Async("""class C { JobGraph Make() => JobGraph.FromTypes(new Dictionary<string, string[]> { ["elsewhere"] = [] }); }""");
}
