namespace Overseer.Generators.Tests;

public class HarnessTests
{
    private const string Types = Sources.Usings + """
        public class Plain : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }
        public class Inner : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }
        public class Hidden : IJobHarness { ValueTask<T> IJobHarness.InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }
        public record Connection(string Name);
        public class Connect : IJobHarness<Connection> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<Connection, T> stage) => stage(job, new("")); }
        public class Reconnect : IJobHarness<Connection> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<Connection, T> stage) => stage(job, new("")); }
        public class Lists<TItem> : IJobHarness<List<TItem>> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<List<TItem>, T> stage) => stage(job, []); }

        """;

    [Theory]
    [InlineData("[Harness<Plain>]", "public void Process() { }")]
    [InlineData("[Harness<Plain>]", "public async Task Process() { await Task.Yield(); }")]
    [InlineData("[Harness<Plain>]", "public string? Process() => null;")]
    [InlineData("[Harness<Plain>]", "public Task<string?> Process(JobContext job) => Task.FromResult<string?>(null);")]
    [InlineData("[Harness<Plain>]", "public ValueTask<List<string?>?> Process(CancellationToken token) => default;")]
    [InlineData("[Harness<Hidden>]", "public void Process(int args) { }")]
    [InlineData("[Harness<Plain>, Harness<Plain>, Harness<Inner>(Order = -1)]", "public string? Process(JobContext job) => null;")]
    [InlineData("[Harness<Connect>]", "public string Process(Connection connection, int args) => connection.Name;")]
    [InlineData("[Harness<Connect>]", "public Task Process(Connection? args, int handler) => Task.CompletedTask;")]
    [InlineData("[Harness<Connect>]", "public void Process() { }")]
    [InlineData("[Harness<Connect>, Harness<Lists<string>>, Harness<Plain>]", "public async Task<string> Process(List<string> job, JobContext result, Connection @class) => \"\";")]
    [InlineData("[Harness<Plain>(Stage = JobStage.PreProcess), Harness<Plain>(Stage = JobStage.PostProcess)]", "public int Process() => 1;")]
    [InlineData("[Harness<Connect>(Stage = JobStage.PreProcess), Harness<Connect>(Stage = JobStage.PostProcess)]", "public void Process() { }")]
    [InlineData("[Harness<Connect>(Stage = JobStage.PreProcess)]", "public Task PreProcess(Connection c) => Task.CompletedTask; public void Process() { }")]
    [InlineData("[Harness<Connect>(Stage = JobStage.PreProcess)]", "public void PreProcess(Connection c, JobContext j) { } public void Process(int args) { }")]
    [InlineData("[Harness<Connect>(Stage = JobStage.PostProcess)]", "public string? Process() => null; public Task<string> PostProcess(Connection c, string? s) => Task.FromResult(\"\");")]
    [InlineData("[Harness<Plain>(Stage = JobStage.PostProcess)]", "public string? Process() => null; public void PostProcess(JobContext job, string? s) { }")]
    public void These_harnesses_compile(string attributes, string stages)
    {
        var source = Types + "#pragma warning disable CS1998\n" + $$"""{{attributes}} [JobType("sink")] public class Sink { {{stages}} }""";
        Assert.Empty(Problems.In(source));
        Generated.From(source).CompilesCleanly();
    }

    [Theory]
    [InlineData("abstract class Bad : IJobHarness { public abstract ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage); }", "it is abstract, so none can be made; name a class that derives from it")]
    [InlineData("class Bad { }", "it implements neither IJobHarness nor IJobHarness<T>; implement one of them")]
    [InlineData("struct Bad : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }", "it is no class; name one that implements IJobHarness or IJobHarness<T>")]
    [InlineData("interface Bad : IJobHarness { }", "it is no class; name one that implements IJobHarness or IJobHarness<T>")]
    [InlineData("class Bad : Plain { private Bad() { } }", "it has no accessible constructor; make one internal or public")]
    [InlineData("class Bad : Plain { public Bad(int i) { } public Bad() { } }", "it has more than one accessible constructor; leave one, or mark the one to use with [ActivatorUtilitiesConstructor]")]
    [InlineData("class Bad : Plain { public required int Id; }", "it has required members, which generated code does not set; set them in a constructor with [SetsRequiredMembers]")]
    [InlineData("class Bad : Plain { public Bad(ref int i) { } }", "its constructor has a parameter that no service can fill; take what a service provider can give")]
    [InlineData("class Bad : Connect, IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }", "it implements more than one harness interface; implement one only")]
    public void These_harnesses_are_no_use(string harness, string reason) =>
        Problems.AreOnly([$"OVS401 Bad | {reason}"], Types + $$"""
            public {{harness}}
            [JobType("sink"), Harness<Bad>] public class Sink { public void Process() { } }
            """);

    [Fact]
    public void A_broken_harness_of_the_assembly_is_told_once() =>
        Problems.AreOnly(["OVS401 Bad | it is abstract, so none can be made; name a class that derives from it"], Sources.Usings + "[assembly: Harness<Bad>]\n" + Types[Sources.Usings.Length..] + """
            public abstract class Bad : Plain { }
            [JobType("one")] public class One { public void Process() { } }
            [JobType("two")] public class Two { public void Process() { } }
            """);

    [Fact]
    public void Two_files_of_one_class_with_one_order_are_undefined()
    {
        const string Other = """[Overseer.Harness<Inner>] public partial class Sink { }""";
        var source = Types + """[JobType("sink"), Harness<Plain>] public partial class Sink { public void Process() { } }""";
        Problems.AreOnly(["OVS401 Inner | another file gives Plain the same order, so it is open which is outside; set Order"], source, Other);
        Problems.AreOnly([], source, Other.Replace("Inner>", "Inner>(Order = 1)", StringComparison.Ordinal));
        Problems.AreOnly([], source, Other.Replace("Inner>", "Inner>(Stage = Overseer.JobStage.PreProcess)", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_that_provide_one_type_are_one_too_many() =>
        Problems.AreOnly(
            ["OVS402 Connection | Process | both Connect and Reconnect provide it"],
            Types + """[JobType("sink"), Harness<Connect>, Harness<Reconnect>] public class Sink { public void Process(Connection connection) { } }""");

    [Fact]
    public void A_harness_of_another_stage_provides_nothing_here() =>
        Problems.AreOnly(
            ["OVS402 Connection | Process | only Connect provides it, and it wraps PreProcess"],
            Types + """
            [JobType("sink"), Harness<Connect>(Stage = JobStage.PreProcess)] public class Sink { public void Process(Connection connection) { } }
            """);

    [Fact]
    public void Assembly_comes_before_class_then_order_then_source()
    {
        var generated = Generated.From(
            Sources.Usings + "[assembly: Harness<Plain>(Order = 5)]\n" + Types[Sources.Usings.Length..] + """
            [JobType("sink"), Harness<Hidden>(Order = 1), Harness<Inner>, Harness<Connect>] public class Sink { public void Process(Connection connection) { } }
            """).CompilesCleanly();
        Assert.Contains(
            """
                    public override ValueTask<Unit> ProcessAsync(JobContext job) =>
                        plain.InvokeAsync<Unit>(job, job =>
                            inner.InvokeAsync<Unit>(job, job =>
                                connect.InvokeAsync<Unit>(job, (job, connection) =>
                                    hidden.InvokeAsync<Unit>(job, _ =>
                                    {
                                        handler.Process(connection);
                                        return new ValueTask<Unit>(Unit.Value);
                                    }))));
            """,
            generated["Sink_JobHandler.g.cs"],
            StringComparison.Ordinal);
    }
}
