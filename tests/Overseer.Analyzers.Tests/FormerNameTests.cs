using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>What OVS101, OVS102, OVS201 and OVS206 say of former names and of handlers that are retired.</summary>
public sealed class FormerNameTests
{
    private const string NoName = "is no job type name: use 1 to 200 of the characters a-z, 0-9, '.', '_' and '-', beginning with a letter or a digit";

    [Theory]
    [InlineData("""["a1", {|OVS101:"B"|}]""", "'B' " + NoName)]
    [InlineData("""new[] { "a1", {|OVS101:null!|} }""", "'' " + NoName)]
    [InlineData("""new string[] { "a1", {|OVS101:"a b"|}, "a2" }""", "'a b' " + NoName)]
    [InlineData("""[{|OVS101:"a"|}]""", "'a' is no former name of A: it is its name now, so take it out")]
    [InlineData("""["b", {|OVS101:"b"|}]""", "'b' is no further former name of A: it stands there already, so take it out")]
    public async Task OVS101_a_former_name_that_is_none(string names, string message)
    {
        var messages = await Checked.Async($$"""[JobType("a", Formerly = {{names}})] class A { public void Process() { } }""");
        Assert.Equal(message, Assert.Single(messages));
    }

    [Fact]
    public async Task OVS101_twice_is_not_OVS102_as_well_of_former_names() =>
        await Checked.Async("""
            [JobType("a", Formerly = [{|OVS101:"X"|}])] class A { public void Process() { } }
            [JobType("b", Formerly = [{|OVS101:"X"|}])] class B { public void Process() { } }
            """);

    [Fact]
    public async Task OVS101_a_bad_name_beside_good_former_ones() =>
        await Checked.Async("""[JobType({|OVS101:"A"|}, Formerly = ["a"])] class A { public void Process() { } }""");

    [Theory]
    [InlineData("""Formerly = ["b", "c"]""")]
    [InlineData("""Formerly = []""")]
    [InlineData("""Formerly = null!""")]
    [InlineData("""Retired = true, Formerly = new string[0]""")]
    public async Task OVS101_is_silent_for_former_names_that_are_some(string named) =>
        await Checked.Async($$"""[JobType("a", {{named}})] class A { public void Process() { } }""");

    [Fact]
    public async Task OVS102_a_former_name_that_another_handler_has_now()
    {
        var messages = await Checked.Async("""
            [JobType("load", Formerly = ["fetch", {|OVS102:"read"|}])] class Load { public void Process() { } }
            [JobType("read")] class Read { public void Process() { } }
            """);
        Assert.Equal(
            "Job type 'read' is claimed by Load as a former name and by Read; one handler only may claim it, so give Read another name, or take the former name out of Load",
            Assert.Single(messages));
    }

    [Fact]
    public async Task OVS102_a_former_name_that_two_handlers_claim()
    {
        var messages = await Checked.Async("""
            [JobType("a", Formerly = ["old"])] class A { public void Process() { } }
            [JobType("b", Formerly = [{|OVS102:"old"|}])] class B { public void Process() { } }
            """);
        Assert.Equal(
            "Job type 'old' is claimed by B as a former name and by A as a former name; one handler only may claim it, so take it out of one of them",
            Assert.Single(messages));
    }

    [Theory]
    [InlineData("""[JobType("a", Formerly = [{|OVS102:"theirs"|}])] class A { public void Process() { } }""")]
    [InlineData("""[{|OVS102:JobType("before")|}] class A { public void Process() { } }""")]
    [InlineData("""[JobType("a", Formerly = ["mine", {|OVS102:"before"|}])] class A { public void Process() { } }""")]
    public async Task OVS102_a_name_that_a_referenced_assembly_has_or_had(string source) =>
        await Checked.Async([source], [Checked.Library("Library", """[JobType("theirs", Formerly = ["before"])] public class Theirs { public void Process() { } }""")]);

    [Fact]
    public async Task OVS102_two_referenced_assemblies_of_which_one_had_the_name()
    {
        var messages = await Checked.Async(
            ["class Program { static JobHandlerMap Map => {|OVS102:Checked.JobHandlers.All|}; }"],
            [
                Checked.Library("One", """[JobType("one", Formerly = ["load"])] public class One { public void Process() { } }"""),
                Checked.Library("Two", """[JobType("load")] public class Two { public void Process() { } }"""),
            ]);
        Assert.Equal(
            "Job type 'load' is claimed by One as a former name (One) and by Two (Two); one handler only may claim it, so give Two another name, or take the former name out of One",
            Assert.Single(messages));
    }

    [Fact]
    public async Task OVS102_is_silent_for_names_that_nobody_else_has() =>
        await Checked.Async("""
            [JobType("a", Formerly = ["old", "older"])] class A { public void Process() { } }
            [JobType("b", Formerly = ["a.b"], Retired = true)] partial class B { public void Process() { } }
            partial class B;
            """);

    [Fact]
    public async Task OVS201_a_dependency_on_a_retired_handler()
    {
        var messages = await Checked.Async("""
            namespace Space
            {
                [JobType("old", Retired = true)] class Old { public int Process() => 1; }
                [JobType("good")] class Good { public void Process() { } }
                [JobType("new")] [DependsOn(typeof(Good), {|OVS201:typeof(Old)|})] class New { public void Process(int number) { } }
            }
            """);
        Assert.Equal(
            "Space.New depends on Old, which is retired: it is kept only to finish stored runs; depend on another handler, or retire Space.New as well",
            Assert.Single(messages));
    }

    [Fact]
    public async Task OVS201_a_dependency_on_a_retired_handler_of_a_referenced_assembly() =>
        await Checked.Async(
            ["""[JobType("new")] [{|OVS201:DependsOn<Old>|}] class New { public void Process() { } }"""],
            [Checked.Library("Library", """[JobType("old", Retired = true)] public class Old { public void Process() { } }""")]);

    [Fact]
    public async Task OVS201_is_silent_among_retired_handlers_and_from_one_to_the_living() =>
        await Checked.Async("""
            [JobType("live", Retired = false)] class Live { public int Process() => 1; }
            [JobType("old", Retired = true), DependsOn<Live>] class Old { public int Process(int number) => number; }
            [JobType("older", Retired = true), DependsOn<Old>, JobGraph("Gone")] class Older { public void Process(int number) { } }
            """);

    [Fact]
    public async Task OVS205_is_silent_for_a_retired_handler_of_which_there_is_no_graph() =>
        await Checked.Async("""[JobType("old", Retired = true), JobGraph("no name")] class Old { public void Process() { } }""");

    [Theory]
    [InlineData("""["load"] = [], [{|OVS206:"read"|}] = ["load"]""", "This graph cannot run: 'read' is the former name of job type 'clean', under which new jobs are stored; use \"clean\"")]
    [InlineData("""["take"] = [{|OVS206:"read"|}], ["read"] = []""", "This graph cannot run: 'read' is the former name of job type 'clean', under which new jobs are stored; use \"clean\"")]
    [InlineData("""["load"] = [{|OVS206:"old"|}]""", "This graph cannot run: job type 'old' is retired: Old is kept only to finish stored runs; use another type, or take Retired away")]
    public async Task OVS206_a_name_for_stored_runs_only(string entries, string message)
    {
        var messages = await Checked.Async($$"""
            [JobType("load")] class Load { public void Process() { } }
            [JobType("clean", Formerly = ["read"])] class Clean { public int Process() => 1; }
            [JobType("take"), DependsOn<Clean>] class Take { public void Process(int number) { } }
            [JobType("old", Retired = true)] class Old { public void Process() { } }
            class C { JobGraph Make() => JobGraph.FromTypes(new Dictionary<string, string[]> { {{entries}} }); }
            """);
        Assert.Equal(message, Assert.Single(messages));
    }

    [Fact]
    public async Task OVS206_is_silent_for_present_names() =>
        await Checked.Async("""
            [JobType("clean", Formerly = ["read"])] class Clean { public int Process() => 1; }
            [JobType("take"), DependsOn<Clean>] class Take { public void Process(int number) { } }
            class C { JobGraph Make() => JobGraph.FromTypes(new Dictionary<string, string[]> { ["take"] = ["clean"] }); }
            """);
}
