using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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

    [Fact]
    public void An_edit_inside_a_method_changes_nothing()
    {
        var after = Edit("return 1;", "return 22;");
        Assert.All(Reasons(after), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));
        Assert.All(OutputReasons(after), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason.Reason));
    }

    [Fact]
    public void A_comment_above_everything_changes_nothing()
    {
        var after = Edit("namespace Other;", "// moved\n\nnamespace Other;");
        Assert.All(OutputReasons(after), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason.Reason));
    }

    [Fact]
    public void A_new_job_type_changes_its_own_handler_and_what_names_it()
    {
        var after = Edit("[JobType(\"after\")", "[JobType(\"later\")");
        var changed = Assert.Single(
            after.Result.TrackedSteps[TrackingNames.Handlers].SelectMany(step => step.Outputs),
            output => output.Reason == IncrementalStepRunReason.Modified);
        Assert.Equal("After", ((Model.HandlerModel)changed.Value).ClassName);
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
        var edited = CSharpSyntaxTree.ParseText(text.Replace(from, to, StringComparison.Ordinal), Generated.Parse, tree.FilePath, cancellationToken: TestContext.Current.CancellationToken);
        return before.Again(before.Before.ReplaceSyntaxTree(tree, edited));
    }

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
