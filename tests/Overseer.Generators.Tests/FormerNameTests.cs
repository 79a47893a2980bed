namespace Overseer.Generators.Tests;

public class FormerNameTests
{
    private const string Handlers = Sources.Usings + """
        [JobType("load", Formerly = ["read", "fetch"])] public class Load { public string Process() => ""; }
        [JobType("clean", Formerly = ["tidy"]), DependsOn<Load>] public class Clean { public string? Process(string rows) => rows; }
        [JobType("publish"), DependsOn<Clean>] public class Publish { public void Process(string? rows) { } }
        """;

    [Fact]
    public void A_handler_its_token_and_its_dependents_know_its_former_names()
    {
        var generated = Generated.From(Handlers).CompilesCleanly();
        Assert.Contains("""
                    FormerNames = ["read", "fetch"];
                }
            """, generated["Load_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Contains("""
                    FormerNames = ["tidy"];
                    GivesNull = true;
                    Dependencies = [new("load", typeof(string)) { FormerNames = ["read", "fetch"] }];
                }
            """, generated["Clean_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Contains("""Dependencies = [new("clean", typeof(string)) { MayBeNull = true, FormerNames = ["tidy"] }];""", generated["Publish_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Contains("""Load = new("load") { FormerNames = ["read", "fetch"] };""", generated["JobTypes.g.cs"], StringComparison.Ordinal);
        Assert.Contains("""Publish = new("publish");""", generated["JobTypes.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("IsRetired", generated.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_without_former_names_is_written_as_ever() =>
        Assert.DoesNotContain("FormerNames", Generated.From(Sources.Reports).All, StringComparison.Ordinal);

    [Fact]
    public void Former_names_are_read_from_a_referenced_assembly()
    {
        var library = Generated.From([Handlers], [], "Library", "Library").CompilesCleanly().Reference();
        var generated = Generated.From([Sources.Usings + """[JobType("count"), DependsOn<Load>] public class Count { public int Process(string rows) => rows.Length; }"""], [library]).CompilesCleanly();
        Assert.Contains("""new("load", typeof(string)) { FormerNames = ["read", "fetch"] }""", generated["Count_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Equal(
            ["OVS102 fetch | Fetch | Load as a former name | give Fetch another name, or take the former name out of Load"],
            Problems.In([Sources.Usings + """[JobType("fetch")] public class Fetch { public void Process() { } }"""], [library]));
    }

    [Fact]
    public void A_retired_handler_forms_no_graph_and_stays_in_the_map_with_its_token()
    {
        var generated = Generated.From(Sources.Usings + """
            [JobType("load")] public class Load { public int Process() => 1; }
            [JobType("old", Retired = true), DependsOn<Load>] public class Old { public int Process(int rows) => rows; }
            [JobType("older", Retired = true), JobGraph("Daily")] public class Older { public void Process() { } }
            [JobType("new"), DependsOn<Load>, JobGraph("Daily")] public class New { public void Process(int rows) { } }
            """).CompilesCleanly();
        Assert.Contains("IsRetired = true;", generated["Old_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("IsRetired", generated["New_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Contains("Old_JobHandler.Instance", generated["JobManifest.g.cs"], StringComparison.Ordinal);
        Assert.Contains("JobType<Unit, int> Old =>", generated["JobTypes.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("older", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
        Assert.Equal(1, generated["JobGraphs.g.cs"].Split("static JobGraph Create").Length - 1);
    }

    [Fact]
    public void A_handler_whose_only_dependents_are_retired_is_a_graph_of_its_own()
    {
        var generated = Generated.From(Sources.Usings + """
            [JobType("load")] public class Load { public int Process() => 1; }
            [JobType("old", Retired = true), DependsOn<Load>] public class Old { public void Process(int rows) { } }
            """).CompilesCleanly();
        Assert.Contains("CreateLoad(", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("CreateOld(", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_over_a_retired_handler_throws_what_is_wrong_with_it()
    {
        var generated = Generated.From(Sources.Usings + """
            [JobType("old", Retired = true)] public class Old { public int Process() => 1; }
            [JobType("new"), DependsOn<Old>] public class New { public void Process(int rows) { } }
            """);
        Assert.Empty(generated.GeneratedDiagnostics);
        Assert.Contains("Graph 'New' has an error: OVS201", generated["JobGraphs.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_name_of_a_retired_handler_is_no_longer_taken()
    {
        var library = Generated.From([Sources.Usings + """[JobType("old", Retired = true), JobGraph("Daily")] public class Old { public void Process() { } }"""], [], "Library", "Library").CompilesCleanly().Reference();
        Assert.Empty(Problems.In([Sources.Usings + """[JobType("new"), JobGraph("Daily")] public class New { public void Process() { } }"""], [library]));
    }
}
