using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Overseer.Generators.Model;

namespace Overseer.Generators.Tests;

public class CachingTests
{
    private static readonly string[] Files =
    [
        Sources.Reports,
        Sources.Usings + """
        namespace Other;
        [JobType("other")] public class Other { public int Process(string name) { return 1; } }
        [JobType("after"), DependsOn<Other>] public class After { public void Process(int other) { } }
        """,
    ];

    [Theory]
    [InlineData("return 1;", "return 22;")]
    [InlineData("{ return 1; }", "=> throw new NotImplementedException();")]
    [InlineData("return 1;", "int Local(int i) => i; var lambda = (int i) => Local(i); return lambda(1);")]
    public void An_edit_inside_a_method_changes_nothing(string from, string to) => NothingChanges(Edit(from, to));

    [Theory]
    [InlineData("namespace Other;", "// moved\n\nnamespace Other;")]
    [InlineData("[JobType(\"after\")", "// above\n[JobType(\"after\")")]
    [InlineData("[JobType(\"after\")", "/// <summary>Comes after.</summary>\n[JobType(\"after\")")]
    [InlineData("[JobType(\"after\")", "\n\n    [JobType( /* name */ \"after\" )")]
    [InlineData("public void Process(int other) { }", "public  void Process(\n    int other)\n{ }")]
    [InlineData("[JobType(\"after\"), DependsOn<Other>]", "[JobTypeAttribute(\"af\" + \"ter\")] [Overseer.DependsOn<global::Other.Other>]")]
    public void An_edit_that_says_the_same_changes_nothing(string from, string to) => NothingChanges(Edit(from, to));

    [Theory]
    [InlineData("private int field; private int Help() => field;")]
    [InlineData("public static void Main() { } internal event Action? Done;")]
    [InlineData("private class Nested { public void Process(string text) { } }")]
    [InlineData("private void PostProcess(string text) { }")]
    public void Members_that_no_generated_code_uses_change_nothing(string member) =>
        NothingChanges(Edit("public class Other {", "public class Other { " + member));

    [Fact]
    public void An_attribute_of_others_changes_its_handler_and_nothing_that_is_generated_for_all()
    {
        // The rules go by the places of attributes, which it moves.
        var after = Edit("[JobType(\"after\")", "[Serializable, JobType(\"after\")");
        Assert.Single(Changed(after, TrackingNames.Handlers));
        Assert.Equal(0, Count(after, TrackingNames.Graphs, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.Tokens, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.Map, IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void An_unrelated_file_changes_nothing()
    {
        var before = Generated.From(Files);
        var added = before.Before.AddSyntaxTrees(Tree("""
            namespace Unrelated;
            public class Load { public int Process() => 1; }
            [System.Obsolete] public record Rows(int Count);
            """));
        var after = before.Again(added);
        NothingChanges(after);
        NothingChanges(after.Again(before.Before));
    }

    [Fact]
    public void A_file_with_another_handler_leaves_the_handlers_alone()
    {
        var before = Generated.From(Files);
        var after = before.Again(before.Before.AddSyntaxTrees(Tree("""[Overseer.JobType("more")] public class More { public void Process() { } }""")));
        Assert.Equal(1, Count(after, TrackingNames.Handlers, IncrementalStepRunReason.New));
        Assert.Equal(0, Count(after, TrackingNames.Handlers, IncrementalStepRunReason.Modified));
        Assert.Equal(["More"], ChangedGraphs(before, after));
    }

    [Theory]
    [InlineData("JobType(\"after\")", "JobType(\"later\")", "After", "After", "After")]
    [InlineData("JobType(\"other\")", "JobType(\"another\")", "Other", "After,Other", "After")]
    [InlineData("DependsOn<Other>", "DependsOn<Other>, DependsOn<Reports.Clean>", "After", "After", "After")]
    [InlineData("JobType(\"after\")", "JobType(\"after\"), JobGraph(\"Mine\")", "After", "After", "After,Mine")]
    [InlineData("JobType(\"after\")", "JobType(\"after\"), Harness<Reports.Timing>", "After", "After", "")]
    public void An_edit_of_attributes_changes_that_handler_and_the_graphs_it_is_in(string from, string to, string handlers, string plans, string graphs)
    {
        var before = Generated.From(Files);
        var after = Edit(from, to);
        Assert.Equal(handlers.Split(','), Changed(after, TrackingNames.Handlers).Cast<HandlerModel>().Select(handler => handler.ClassName));
        Assert.Equal(plans.Split(','), Changed(after, TrackingNames.Plans).Cast<HandlerPlan>().Select(plan => plan.Handler.Handler.ClassName).Order(StringComparer.Ordinal));
        Assert.Equal(graphs.Split(',', StringSplitOptions.RemoveEmptyEntries), ChangedGraphs(before, after));
        Assert.Equal(0, Count(after, TrackingNames.Map, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.References, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.Assembly, IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void A_new_job_type_changes_its_own_handler_and_what_names_it()
    {
        var after = Edit("[JobType(\"after\")", "[JobType(\"later\")");
        var changed = Assert.Single(
            after.Result.TrackedSteps[TrackingNames.Handlers].SelectMany(step => step.Outputs),
            output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.Equal("After", ((HandlerModel)changed.Value).ClassName);
        Assert.Equal(1, Count(after, TrackingNames.Plans, IncrementalStepRunReason.Modified));
        Assert.Equal(1, Count(after, TrackingNames.Graphs, IncrementalStepRunReason.Modified));
        Assert.Equal(1, Count(after, TrackingNames.Tokens, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.Map, IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void New_args_change_their_handler_and_the_graphs()
    {
        var after = Edit("public int Process(string name)", "public int Process(long name)");
        Assert.Equal(1, Count(after, TrackingNames.Plans, IncrementalStepRunReason.Modified));
        Assert.Equal(1, Count(after, TrackingNames.Graphs, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.Map, IncrementalStepRunReason.Modified));
        Assert.Contains("CreateAfter(long name,", after["JobGraphs.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_harness_changes_its_handler_only()
    {
        var after = Edit("[JobType(\"after\")", "[Harness<Reports.Timing>, JobType(\"after\")");
        Assert.Equal(1, Count(after, TrackingNames.Plans, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.Graphs, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.Tokens, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(after, TrackingNames.Map, IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void A_new_result_reaches_the_dependent()
    {
        var after = Edit("public int Process(string name) { return 1; }", "public int? Process(string name) { return 1; }");
        Assert.DoesNotContain(after.Files, file => file.StartsWith("Other_After", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_edit_in_a_referenced_project_changes_what_it_reaches(bool isSource)
    {
        const string Own = Sources.Usings + """
            [JobType("own")] public class Own { public void Process() { } }
            [JobType("taker"), DependsOn<Lib.Load>] public class Taker { public void Process(int number) { } }
            [JobType("follower"), DependsOn<Lib.Load>] public class Follower { public void Process() { } }
            """;
        var library = Library("""[JobType("load")] public class Load { public int Process() { return 1; } }""");
        var before = Generated.From([Own], [library]);

        NothingChanges(Replace("""[JobType("load")] public class Load { public int Process() { return 22; } private int Help() => 1; } public class More { }"""));

        var renamed = Replace("""[JobType("lade")] public class Load { public int Process() { return 1; } }""");
        Assert.Equal(1, Count(renamed, TrackingNames.References, IncrementalStepRunReason.Modified));
        Assert.Empty(Changed(renamed, TrackingNames.Handlers));
        Assert.Equal(["Taker"], Changed(renamed, TrackingNames.Plans).Cast<HandlerPlan>().Select(plan => plan.Handler.Handler.ClassName));
        Assert.Equal(["Follower", "Taker"], ChangedGraphs(before, renamed));
        Assert.Equal(0, Count(renamed, TrackingNames.Tokens, IncrementalStepRunReason.Modified));
        Assert.Equal(0, Count(renamed, TrackingNames.Map, IncrementalStepRunReason.Modified));

        var retyped = Replace("""[JobType("load")] public class Load { public long Process() { return 1; } }""");
        Assert.Equal(["Taker"], Changed(retyped, TrackingNames.Handlers).Cast<HandlerModel>().Select(handler => handler.ClassName));
        Assert.DoesNotContain("Follower", ChangedGraphs(before, retyped));

        Generated Replace(string source) => before.Again(before.Before.ReplaceReference(library, Library(source)));

        MetadataReference Library(string source)
        {
            var generated = Generated.From([Sources.Usings + "namespace Lib;\n" + source], [], "Lib", "Lib");
            return isSource ? generated.Compilation.ToMetadataReference() : generated.Reference();
        }
    }

    [Fact]
    public void Two_runs_give_the_same()
    {
        var one = Generated.From(Files);
        var two = Generated.From([.. Files.Reverse()]);
        Assert.Equal(
            one.Result.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString())),
            two.Result.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString())));
    }

    private static Generated Edit(string from, string to)
    {
        var before = Generated.From(Files);
        var tree = before.Before.SyntaxTrees.Last();
        var text = tree.ToString();
        Assert.Contains(from, text, StringComparison.Ordinal);
        return before.Again(before.Before.ReplaceSyntaxTree(tree, Tree(text.Replace(from, to, StringComparison.Ordinal), tree.FilePath)));
    }

    private static SyntaxTree Tree(string text, string path = "Added.cs") =>
        CSharpSyntaxTree.ParseText(text, Generated.Parse, path, cancellationToken: TestContext.Current.CancellationToken);

    private static void NothingChanges(Generated after)
    {
        Assert.All(Reasons(after), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));
        Assert.NotEmpty(OutputReasons(after));
        Assert.All(OutputReasons(after), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason.Reason));
    }

    private static IEnumerable<object> Changed(Generated after, string step) =>
        after.Result.TrackedSteps[step].SelectMany(run => run.Outputs).Where(output => output.Reason == IncrementalStepRunReason.Modified).Select(output => output.Value);

    /// <summary>All graphs are in one file, so they are one step; the models in it tell which are new or different.</summary>
    private static IEnumerable<string> ChangedGraphs(Generated before, Generated after)
    {
        var (old, current) = (Graphs(before), Graphs(after));
        return old.Keys.Union(current.Keys).Where(name => !old.TryGetValue(name, out var one) || !current.TryGetValue(name, out var other) || !one.Equals(other)).Order(StringComparer.Ordinal);
    }

    private static Dictionary<string, GraphModel> Graphs(Generated generated) =>
        ((GraphFile)generated.Result.TrackedSteps[TrackingNames.Graphs][0].Outputs[0].Value).Graphs.ToDictionary(graph => graph.Name);

    private static IEnumerable<IncrementalStepRunReason> Reasons(Generated generated) =>
        typeof(TrackingNames).GetFields()
            .Select(field => (string)field.GetRawConstantValue()!)
            .SelectMany(name => generated.Result.TrackedSteps[name])
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> OutputReasons(Generated generated) =>
        generated.Result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(step => step.Outputs);

    private static int Count(Generated generated, string step, IncrementalStepRunReason reason) =>
        generated.Result.TrackedSteps[step].SelectMany(run => run.Outputs).Count(output => output.Reason == reason);
}
