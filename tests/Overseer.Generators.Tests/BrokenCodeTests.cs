using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Overseer.Generators.Tests;

public class BrokenCodeTests
{
    [Theory]
    [InlineData("[JobType] public class A { public void Process() { } }")]
    [InlineData("[JobType(null!)] public class A { public void Process() { } }")]
    [InlineData("[JobType(1)] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\", 2)] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] [JobType(\"b\")] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public partial class A { public void Process() { } } [JobType(\"a\")] public partial class A { }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process() { } } [JobType(\"a\")] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public class A { public Missing Process(Missing m, List<Missing> n) => null!; }")]
    [InlineData("[JobType(\"a\")] public class A(Missing m) { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public class A : Missing { public void Process() { } }")]
    [InlineData("[JobType(\"a\"), DependsOn<Missing>] public class A { public void Process(int i, int j) { } }")]
    [InlineData("[JobType(\"a\"), DependsOn<int>, DependsOn<int[]>, DependsOn<dynamic>] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\"), DependsOn(typeof(Missing), null!, typeof(A), typeof(void))] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\"), DependsOn(null!)] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\"), Harness<Missing>] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\"), Harness<int[]>, Harness<IJobHarness>] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\"), JobGraph(null!), JobGraph] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process([ResultOf<Missing>] int i, [ResultOf<int>] int j, [ResultOf] int k) { } }")]
    [InlineData("[JobType(\"a\")] public class { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(int, , ) { } }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(int i, int i) { } public Process() { } }")]
    [InlineData("[JobType(\"a\")] public class A { internal class In { } public void Process(In i) { } }")]
    [InlineData("[JobType(\"a\")] public class A { private class In { } public In Process(In i) => i; }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(__arglist) { } }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(params Span<int> i) { } public void PostProcess(void v) { } }")]
    [InlineData("[JobType(\"a\")] public class A { public StaticOne Process(StaticOne s) => s; } public static class StaticOne;")]
    [InlineData("[JobType(\"a\")] public struct A { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public interface A { void Process(); }")]
    [InlineData("[JobType(\"a\")] public class A<T> { public T Process(T t) => t; } [JobType(\"b\"), DependsOn<A<int>>] public class B { public void Process(int i) { } }")]
    [InlineData("[JobType(\"a\"), Harness<Fixed>] public class A { public void Process() { } } public static class Fixed : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }")]
    [InlineData("[assembly: Harness<Missing>] [JobType(\"a\")] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(List<TypedReference> list, Lazy<Span<int>> lazy, Nullable<string> text) { } public int?? PostProcess() => null; }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(Nullable<int?> twice) { } }")]
    [InlineData("[JobType(\"a\")] public class A { public Task<void> Process(void nothing) => null!; }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(Gone gone) { } public Gone PostProcess() => null!; } [Obsolete(\"x\", true)] public class Gone;")]
    public void Generated_code_adds_no_error(string source)
    {
        var generated = Generated.From(Sources.Usings + source);
        Assert.Null(generated.Result.Exception);
        Assert.True(generated.GeneratedDiagnostics.Count == 0, Generated.Show(generated.GeneratedDiagnostics));
        Assert.NotNull(Problems.In(Sources.Usings + source));
    }

    [Theory]
    [InlineData("[JobType(\"a\")] public class A { public int Process() => 1; } [JobType(\"b\"), DependsOn<A>, Harness<Wrap>] public class B { public void Process(int _, string args) { } }")]
    [InlineData("[JobType(\"a\"), Harness<Give>] public class A { public void Process(Uri _, int args) { } }")]
    [InlineData("[JobType(\"a\"), Obsolete(\"x\", true)] public class A { public void Process(int args) { } }")]
    [InlineData("[JobType(\"a\")] public class A { [Obsolete(\"x\", true)] public void Process(int args) { } }")]
    [InlineData("[JobType(\"a\")] public class A { [Obsolete(\"x\", true)] public A() { } public void Process(int args) { } }")]
    [InlineData("[JobType(\"a\")] public class A { private enum Key { One } public void Process([Microsoft.Extensions.DependencyInjection.FromKeyedServices(Key.One)] Uri uri) { } }")]
    [InlineData("[JobType(\"a\")] public class A([Microsoft.Extensions.DependencyInjection.FromKeyedServices(typeof(A.Key))] Uri uri) { private class Key; public void Process() => Console.WriteLine(uri); }")]
    [InlineData("[JobType(\"a\")] public class Reports_JobTypes { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public class Reports { public void Process() { } }")]
    [InlineData("namespace Reports; [JobType(\"a\")] public class JobHandlers { public void Process() { } }")]
    [InlineData("namespace Reports.JobHandlers; [JobType(\"a\")] public class A { public void Process() { } }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(int GetType, [FromServices] Uri Stages, [FromServices] Uri ProcessAsync, [FromServices] Uri ToString) { } }")]
    [InlineData("public class Base { public virtual void Process(int args) { } public int PostProcess; } [JobType(\"a\")] public class A : Base { public static new void Process(int args) { } private new void PostProcess() { } }")]
    [InlineData("[JobType(\"a\"), Harness<Odd>] public class A { public void Process(int args) { } } public class Odd : Wrap, IJobHarness { public new ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T>? stage) => stage!(job); public void InvokeAsync(int i) { } }")]
    [InlineData("[JobType(\"a\"), Harness<Old>] public class A { public void Process(int args) { } } public class Old : IJobHarness { [Obsolete(\"x\", true)] public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }")]
    [InlineData("\n#pragma warning disable CS8614\n[JobType(\"a\"), Harness<Null>] public class A { public void Process(Uri uri, int args) { } } public class Null : IJobHarness<Uri> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<Uri?, T> stage) => stage(job, new Uri(\"x:y\")); }\n#pragma warning restore CS8614\n")]
    [InlineData("public abstract class Base { public abstract int Process(object args); public void Process<T>(T args) { } } [JobType(\"t\")] public class T { public string Process() => \"\"; } [JobType(\"a\"), DependsOn<T>] public class A : Base { public override int Process(object args) => 1; }")]
    [InlineData("[JobType(\"a\")] public class A { public void Process(int JobTypes, [FromServices] Uri Unit) { } }")]
    [InlineData("[JobType(\"a\"), Harness<Give>] public class A { public void Process(Uri Unit, [FromServices] Uri JobContext, string ValueTask) { } }")]
    [InlineData("[JobType(\"a\"), Obsolete] public class A { public void Process(Gone gone) { } } [Obsolete(\"x\", true)] public class Gone;")]
    public void Code_that_compiles_does_so_with_generated_code(string source) =>
        Generated.From(Sources.Usings + source + """
            public class Wrap : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }
            public class Give : IJobHarness<Uri> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<Uri, T> stage) => stage(job, new Uri("x:y")); }
            """).CompilesCleanly();

    [Fact]
    public void Code_that_breaks_off_anywhere_is_survived()
    {
        var root = CSharpSyntaxTree.ParseText(Sources.Reports, Generated.Parse, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        var generated = Generated.From("");
        foreach (var token in root.DescendantTokens())
        {
            var text = Sources.Reports[..token.Span.End];
            generated = generated.Again(Generated.Compile([text], []));
            Assert.True(generated.Result.Exception is null, $"{generated.Result.Exception}\n{text}");
            if (text.Length % 5 != 0) continue;
            Assert.True(generated.GeneratedDiagnostics.Count == 0, $"{Generated.Show(generated.GeneratedDiagnostics)}\n{text}");
        }
    }

    [Fact]
    public void Code_that_lacks_any_word_is_survived()
    {
        var root = CSharpSyntaxTree.ParseText(Sources.Reports, Generated.Parse, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        var generated = Generated.From("");
        foreach (var token in root.DescendantTokens())
        {
            var text = Sources.Reports[..token.SpanStart] + Sources.Reports[token.Span.End..];
            generated = generated.Again(Generated.Compile([text], []));
            Assert.True(generated.Result.Exception is null, $"{generated.Result.Exception}\n{text}");
            if (text.Length % 5 != 0) continue;
            Assert.True(generated.GeneratedDiagnostics.Count == 0, $"{Generated.Show(generated.GeneratedDiagnostics)}\n{text}");
        }
    }

    [Theory]
    [InlineData("OVS302", "[DependsOn<Clean>, JobGraph", "[JobGraph")]
    [InlineData("OVS302", "[DependsOn<Extract>]", "")]
    [InlineData("OVS104", "public Rows Process", "public Rows Run")]
    [InlineData("OVS104", "public Rows Process", "public static Rows Process")]
    [InlineData("OVS104", "public CleanRows Process", "public CleanRows Run")]
    [InlineData("OVS105", "public Rows Process(Args args) => new(1);", "public async void Process(Args args) => await Task.Yield();")]
    [InlineData("OVS101", "\"clean\"", "\"Clean Rows\"")]
    [InlineData("OVS201", "[JobType(\"extract\")]", "")]
    [InlineData("OVS201", "[JobType(\"clean\")]", "")]
    [InlineData("OVS202", "[JobType(\"extract\")]", "[JobType(\"extract\"), DependsOn<Publish>]")]
    public void One_mistake_is_one_error_and_none_where_the_graph_is_made(string id, string right, string wrong)
    {
        const string Graph = """
            public record Args(int Id);
            public record Rows(int Count);
            public record CleanRows(int Count);
            [JobType("other")] public class Other { public void Process(Args args) { } }
            [JobType("extract")] public class Extract { public Rows Process(Args args) => new(1); }
            [JobType("clean")] [DependsOn<Extract>] public class Clean { public CleanRows Process(Args args, Rows rows) => new(rows.Count); }
            [JobType("publish")] [DependsOn<Clean>, JobGraph("Report")] public class Publish { public int Process(CleanRows rows) => rows.Count; }
            public static class Caller { public static JobGraph Graph() => JobGraphs.CreateReport(new Args(7), key: "seven"); }
            """;
        Assert.Contains(right, Graph, StringComparison.Ordinal);
        var source = Sources.Usings + Graph.Replace(right, wrong, StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(Problems.In(source))[..6]);
        var errors = Generated.From(source).Compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors);
    }

    [Fact]
    public void A_project_without_Overseer_gets_nothing()
    {
        var compilation = CSharpCompilation.Create("Bare", [CSharpSyntaxTree.ParseText("class A;", Generated.Parse, cancellationToken: TestContext.Current.CancellationToken)], Basic.Reference.Assemblies.Net100.References.All);
        Assert.Empty(Generated.Run(compilation).Files);
    }
}
