namespace Overseer.Generators.Tests;

public class StageTests
{
    [Theory]
    [InlineData("public void Process() { }")]
    [InlineData("public Task Process() => Task.CompletedTask;")]
    [InlineData("public ValueTask ProcessAsync() => default;")]
    [InlineData("public int Process() => 1;")]
    [InlineData("public Task<string?> ProcessAsync() => Task.FromResult<string?>(null);")]
    [InlineData("public ValueTask<List<string?>> Process() => new([]);")]
    [InlineData("public Unit Process() => default;")]
    [InlineData("internal void Process() { }")]
    [InlineData("protected internal void Process() { }")]
    [InlineData("public void Process() { } public void Process<T>(T value) { } private void Process(int i) { } static void ProcessAsync() { }")]
    [InlineData("public int Process() => 1; public int PostProcess(int result) => result;")]
    [InlineData("public string? Process() => null; public string PostProcess(string? result) => result ?? \"\";")]
    [InlineData("public string? Process() => null; public Task<string> PostProcessAsync(string? result) => Task.FromResult(result ?? \"\");")]
    [InlineData("public string? Process() => null; public ValueTask<string> PostProcessAsync() => new(\"\");")]
    [InlineData("public void PreProcess() { } public void Process() { } public Task PostProcess() => Task.CompletedTask;")]
    [InlineData("public ValueTask PreProcess(CancellationToken token) => default; public Task Process() => Task.CompletedTask; public void PostProcess() { }")]
    public void These_stages_compile(string stages) =>
        Problems.AreOnly([], Sources.Usings + $$"""[JobType("sink")] public class Sink { {{stages}} }""");

    [Theory]
    [InlineData("", "OVS104 Sink | Process | no | add an instance method of that name, which may end in Async: accessible to generated code, and not generic")]
    [InlineData("public void Run() { }", "OVS104 Sink | Process | no | did you mean Run? Name it Process")]
    [InlineData("public Task ExecuteAsync() => HelpAsync(); private Task HelpAsync() => Task.CompletedTask; public static void Start() { }", "OVS104 Sink | Process | no | did you mean ExecuteAsync? Name it ProcessAsync")]
    [InlineData("public void PreProcess() { } public void Handle(int args) { }", "OVS104 Sink | Process | no | did you mean Handle? Name it Process")]
    [InlineData("public void Proces() { } public void Run() { }", "OVS104 Sink | Process | no | did you mean Proces? Name it Process")]
    [InlineData("public void Run() { } public void Stop() { }", "OVS104 Sink | Process | no | add an instance method of that name, which may end in Async: accessible to generated code, and not generic")]
    [InlineData("public override string ToString() => \"\";", "OVS104 Sink | Process | no | add an instance method of that name, which may end in Async: accessible to generated code, and not generic")]
    [InlineData("private void Process() { } public void process() { }", "OVS104 Sink | Process | no | Process is private, and a stage must be accessible to generated code: make it public")]
    [InlineData("private protected Task ProcessAsync() => Task.CompletedTask;", "OVS104 Sink | Process | no | ProcessAsync is private protected, and a stage must be accessible to generated code: make it public")]
    [InlineData("public static void Process() { }", "OVS104 Sink | Process | no | Process is static, and a stage is an instance method: take 'static' away")]
    [InlineData("public void Process<T>() { }", "OVS104 Sink | Process | no | Process is generic, and generated code would not know what for: take its type parameters away")]
    [InlineData("public void process() { }", "OVS104 Sink | Process | no | process is no stage by its name, which tells capitals from small letters: name it Process or ProcessAsync")]
    [InlineData("public Action Process { get; } = () => { };", "OVS104 Sink | Process | no | Process is no method, and a stage is one: give it another name, and add a method of this one")]
    [InlineData("public void Process() { } public void Process(int i) { }", "OVS104 Sink | Process | more than one | leave one, and make the others private or give them another name")]
    [InlineData("public void Process() { } public Task ProcessAsync() => Task.CompletedTask;", "OVS104 Sink | Process | more than one | leave one, and make the others private or give them another name")]
    [InlineData("public void Process() { } public void PreProcess() { } public void PreProcess(int i) { }", "OVS104 Sink | PreProcess | more than one | leave one, and make the others private or give them another name")]
    [InlineData("public async void Process() { await Task.Yield(); }", "OVS105 Sink | Process | it is async void; return Task")]
    [InlineData("public void Process(ref int i) { }", "OVS105 Sink | Process | its parameter 'i' is passed by reference")]
    [InlineData("public void Process(in int i) { }", "OVS105 Sink | Process | its parameter 'i' is passed by reference")]
    [InlineData("public unsafe void Process(int* i) { }", "OVS105 Sink | Process | its parameter 'i' is of type int*, which cannot be given")]
    [InlineData("public unsafe void Process(int*[] i) { }", "OVS105 Sink | Process | its parameter 'i' is of type int*[], which cannot be given")]
    [InlineData("public unsafe delegate*<int> Process() => null;", "OVS105 Sink | Process | it returns delegate*<int>, which cannot be stored")]
    [InlineData("public void Process(Span<int> i) { }", "OVS105 Sink | Process | its parameter 'i' is of type Span<int>, which cannot be given")]
    [InlineData("public Span<int> Process() => default;", "OVS105 Sink | Process | it returns Span<int>, which cannot be stored")]
    [InlineData("int x; public ref int Process() => ref x;", "OVS105 Sink | Process | it returns by reference")]
    [InlineData("public void Process() { } public int PreProcess() => 1;", "OVS105 Sink | PreProcess | PreProcess gives no value; return void, Task or ValueTask")]
    [InlineData("public void Process() { } public int PostProcess() => 1;", "OVS105 Sink | PostProcess | it gives int, and Process nothing")]
    [InlineData("public long Process() => 1; public int PostProcess() => 1;", "OVS105 Sink | PostProcess | it gives int, and Process long")]
    [InlineData("public string Process() => \"\"; public string? PostProcess() => null;", "OVS105 Sink | PostProcess | it may give null, and Process gives string, which is none")]
    public void These_stages_are_no_use(string stages, string expected) =>
        Problems.AreOnly([expected], Sources.Usings + $$"""[JobType("sink")] public class Sink { {{stages}} }""");

    [Theory]
    [InlineData("abstract class Sink", "it is abstract")]
    [InlineData("class Sink<T>", "it is generic")]
    [InlineData("class Sink { private Sink() { }", "it has no constructor that generated code can call")]
    [InlineData("class Sink { public Sink(out int i) { i = 1; }", "it has a parameter that no service can fill")]
    [InlineData("class Sink { public required int Id { get; init; }", "it has required members")]
    [InlineData("class Outer { [JobType(\"in\")] private class Inner { public void Process() { } } } class Sink", "it is not accessible to generated code")]
    [InlineData("class Outer<T> { [JobType(\"in\")] public class Inner { public void Process() { } } } class Sink", "it is generic")]
    public void These_classes_cannot_be_made(string declaration, string reason)
    {
        var attribute = declaration.Contains("Inner", StringComparison.Ordinal) ? "" : "[JobType(\"sink\")] ";
        var source = Sources.Usings + attribute + declaration + (declaration.Count(c => c == '{') > declaration.Count(c => c == '}') ? "" : " {") + " public void Process() { } }";
        var problem = Assert.Single(Problems.In(source));
        Assert.StartsWith("OVS103", problem, StringComparison.Ordinal);
        Assert.EndsWith(reason.Replace("it has a parameter", "its constructor has a parameter", StringComparison.Ordinal), problem, StringComparison.Ordinal);
        Assert.Empty(Generated.From(source).GeneratedDiagnostics);
    }

    [Fact]
    public void A_static_class_is_no_handler() =>
        Problems.AreOnly(["OVS103 Sink | it is static"], Sources.Usings + """[JobType("sink")] public static class Sink { public static void Process() { } }""");

    [Fact]
    public void A_file_local_class_is_no_handler() =>
        Problems.AreOnly(["OVS103 Sink | it is not accessible to generated code"], Sources.Usings + """[JobType("sink")] file class Sink { public void Process() { } }""");

    [Fact]
    public void A_constructor_that_sets_required_members_will_do() =>
        Problems.AreOnly([], Sources.Usings + """
            [JobType("sink")] public class Sink
            {
                [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Sink() => Id = 1;
                public required int Id { get; init; }
                public void Process() { }
            }
            """);

    [Fact]
    public void Of_several_constructors_the_marked_one_is_taken()
    {
        const string Class = """
            [JobType("sink")] public class Sink { public Sink() { } MARK public Sink(IFormatProvider format) { } private Sink(int i) { } public void Process() { } }
            """;
        Problems.AreOnly(["OVS106 Sink"], Sources.Usings + Class.Replace("MARK", "", StringComparison.Ordinal));
        var marked = Class.Replace("MARK", "[Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructor]", StringComparison.Ordinal);
        var generated = Generated.From(Sources.Usings + marked).CompilesCleanly();
        Assert.Contains("new global::Sink(attempt.Service<global::System.IFormatProvider>())", generated["Sink_JobHandler.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_derived_stage_wins()
    {
        var generated = Generated.From(Sources.Usings + """
            public abstract class Base<T> { public void PreProcess() { } public virtual T Process(string text) => default!; public void PostProcess(T result) { } }
            [JobType("sink")] public class Sink : Base<int> { public override int Process(string text) => 1; public Task PostProcessAsync(int result) => Task.CompletedTask; }
            [JobType("drain")] public class Drain : Base<int> { public long Process(byte[] bytes) => 1; }
            """);
        Assert.Contains("JobHandler<string, int>", generated["Sink_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Contains("handler.PreProcess();", generated["Sink_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Contains("await handler.PostProcessAsync(result)", generated["Sink_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Contains("JobType<byte[], long>", generated["JobTypes.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Extract")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("ü")]
    [InlineData("a\\n\\\"<b>&\\u2028\\ud800")]
    public void A_job_type_name_is_well_formed(string name)
    {
        var source = Sources.Usings + $$"""[JobType("{{name}}")] public class Sink { public void Process() { } }""";
        Assert.StartsWith("OVS101", Assert.Single(Problems.In(source)), StringComparison.Ordinal);
        Assert.Empty(Generated.From(source).GeneratedDiagnostics);
    }

    [Fact]
    public void A_job_type_has_one_handler() =>
        Problems.AreOnly(["OVS102 load | Two | One | give one of them another name"], Sources.Usings + """
            [JobType("load")] public class One { public void Process() { } }
            [JobType("load")] public class Two { public void Process() { } }
            """);

    [Fact]
    public void Code_without_nullable_annotations_compiles() =>
        Generated.From(Sources.Usings + """
            #nullable disable
            public class Rows { public string Path; }
            [JobType("load")] public class Load { public Rows Process(string args) => null; public Rows PostProcess(Rows result) => result; }
            [JobType("lists")] public class Lists { public Task<List<string>> Process(string args) => null; }
            [JobType("loose"), DependsOn<Load>, DependsOn<Lists>] public class Loose(IFormatProvider format = null) { public string Process(Rows rows, List<string> lists) => $"{format}"; }
            #nullable restore
            [JobType("strict"), DependsOn<Load>, DependsOn<Lists>] public class Strict { public string? Process(Rows rows, List<string?> lists, string? args) => null; }
            """).CompilesCleanly();

    [Fact]
    public void What_is_obsolete_still_runs() =>
        Assert.Empty(Generated.From(Sources.Usings + """
            [Obsolete] public record Old(int Id);
            [Obsolete("gone")] public class Wrap : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }
            #pragma warning disable CS0612, CS0618
            [JobType("sink"), Obsolete("use drain"), Harness<Wrap>] public class Sink { [Obsolete] public Sink() { } public List<Old> Process(Old args) => [args]; }
            [JobType("drain"), DependsOn<Sink>] public class Drain { [Obsolete] public void Process(List<Old> old) { } }
            """).GeneratedDiagnostics);
}
