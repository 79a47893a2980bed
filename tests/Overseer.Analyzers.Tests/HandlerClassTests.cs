using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS101 to OVS106: what a handler class must be.</summary>
public sealed class HandlerClassTests
{
    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"Extract\"")]
    [InlineData("\".a\"")]
    [InlineData("\"a b\"")]
    [InlineData("\"ünï\"")]
    [InlineData("\"a\\0\"")]
    [InlineData("Names.Bad")]
    [InlineData("null!")]
    [InlineData("default!")]
    public async Task OVS101_a_bad_job_type_name(string name) =>
        await Checked.Async($$"""static class Names { public const string Bad = "B"; } [{|OVS101:JobType({{name}})|}] class A { public void Process() { } }""");

    [Fact]
    public async Task OVS101_a_name_of_201_characters() =>
        await Checked.Async($$"""[{|OVS101:JobType("{{new string('a', 201)}}")|}] class A { public void Process() { } }""");

    [Fact]
    public async Task OVS101_twice_is_not_OVS102_as_well() =>
        await Checked.Async("""[{|OVS101:JobType(null!)|}] class A { public void Process() { } } [{|OVS101:JobType("")|}] class B { public void Process() { } }""");

    [Fact]
    public async Task OVS101_is_silent_for_every_allowed_form() =>
        await Checked.Async($$"""
            [JobType("a")] class A { public void Process() { } }
            [JobType("0.a_b-c")] class B { public void Process() { } }
            [JobType("{{new string('z', 200)}}")] class C { public void Process() { } }
            """);

    [Fact]
    public async Task OVS102_two_handlers_of_one_name_in_two_namespaces()
    {
        var messages = await Checked.Async("""
            namespace One { [JobType("load")] class Load { public void Process() { } } }
            namespace Two { [{|OVS102:JobType("load")|}] class Load { public void Process() { } } }
            """);
        Assert.Contains("'load' is claimed by Two.Load and by One.Load", messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS102_a_name_that_a_referenced_assembly_claims() =>
        await Checked.Async(
            ["""[{|OVS102:JobType("load")|}] class Mine { public void Process() { } }"""],
            [Checked.Library("Library", """[JobType("load")] public class Theirs { public void Process() { } }""")]);

    [Theory]
    [InlineData("class Program { static JobHandlerMap Map => {|OVS102:Checked.JobHandlers.All|}; static JobHandlerMap Again => Checked.JobHandlers.All; }")]
    [InlineData("[JobType(\"mine\")] [{|OVS102:DependsOn<One.Load>|}] class Mine { public void Process() { } JobHandlerMap Map => Checked.JobHandlers.All; }")]
    [InlineData("[JobType(\"mine\")] [DependsOn(typeof(One.Other), {|OVS102:typeof(Two.Load)|})] class Mine { public void Process() { } }")]
    public async Task OVS102_two_referenced_assemblies_claim_one_name(string source)
    {
        var messages = await Checked.Async([source], [LibraryWithLoad("One"), LibraryWithLoad("Two")]);
        Assert.Equal("Job type 'load' is claimed by Two.Load (Two) and by One.Load (One); one handler only may claim it, so give one of them another name", Assert.Single(messages));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[JobType(\"mine\")] class Mine { public void Process() { } }")]
    public async Task OVS102_two_referenced_assemblies_that_no_line_brings_together(string source)
    {
        var diagnostic = Assert.Single(await Checked.FindAsync([source], LibraryWithLoad("One"), LibraryWithLoad("Two")));
        Assert.Equal(("OVS102", Microsoft.CodeAnalysis.Location.None), (diagnostic.Id, diagnostic.Location));
    }

    private static Microsoft.CodeAnalysis.MetadataReference LibraryWithLoad(string name) =>
        Checked.Library(name, $$"""namespace {{name}} { [JobType("load")] public class Load { public void Process() { } } [JobType("{{name.ToLowerInvariant()}}-other")] public class Other { public void Process() { } } }""");

    [Fact]
    public async Task OVS102_is_silent_for_one_handler_that_is_reached_twice() =>
        await Checked.Async(["""class Program { static JobHandlerMap Map => Checked.JobHandlers.All; }"""], [LibraryWithLoad("One"), Checked.Library("Two", """[JobType("two")] public class Two { public void Process() { } }""")]);

    [Fact]
    public async Task OVS102_is_silent_for_one_class_in_two_parts_and_for_classes_of_one_name() =>
        await Checked.Async(
            """[JobType("load")] partial class Load { public void Process() { } } namespace Other { [JobType("other")] class Load { public void Process() { } } }""",
            "partial class Load { public void PreProcess() { } }");

    [Theory]
    [InlineData("abstract class {|OVS103:A|}")]
    [InlineData("static class {|OVS103:A|}")]
    [InlineData("class {|OVS103:A|}<T>")]
    [InlineData("class Outer { private class {|OVS103:A|}", "}")]
    [InlineData("file class {|OVS103:A|}")]
    [InlineData("class Generic<T> { public class {|OVS103:A|}", "}")]
    public async Task OVS103_a_class_that_generated_code_cannot_make(string declaration, string end = "")
    {
        var stage = declaration.StartsWith("static", StringComparison.Ordinal) ? "public static void Process() { }" : "public void Process() { }";
        // The attribute stands before the innermost class.
        var at = declaration.LastIndexOf("class {|", StringComparison.Ordinal);
        while (at > 0 && declaration[at - 1] == ' ' && declaration[..(at - 1)].LastIndexOf(' ') is var space && declaration[(space + 1)..(at - 1)] is "abstract" or "static" or "private" or "file" or "public") at = space + 1;
        await Checked.Async($$"""{{declaration.Insert(at, """[JobType("a")] """)}} { {{stage}} } {{end}}""");
    }

    [Fact]
    public async Task OVS103_required_members() =>
        await Checked.Async("""[JobType("a")] class {|OVS103:A|} { public required int Number { get; set; } public void Process() { } }""");

    [Fact]
    public async Task OVS103_a_private_constructor() =>
        await Checked.Async("""[JobType("a")] class {|OVS103:A|} { private A() { } public void Process() { } }""");

    [Fact]
    public async Task OVS103_is_silent_for_nested_partial_keyword_and_unicode_classes() =>
        await Checked.Async("""
            class Outer { [JobType("a")] internal class A { public void Process() { } } }
            [JobType("b")] class @event { public void Process() { } }
            [JobType("c")] sealed partial class Größe { public void Process() { } }
            namespace @namespace.@class { [JobType("d")] public record class D { public void Process() { } } }
            [JobType("e")] class E { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public E() { Number = 1; } public required int Number { get; set; } public void Process() { } }
            """);

    [Theory]
    [InlineData("class {|OVS104:A|} { }")]
    [InlineData("class {|OVS104:A|} { private void Process() { } }")]
    [InlineData("class {|OVS104:A|} { public static void Process() { } }")]
    [InlineData("class {|OVS104:A|} { public void Process<T>() { } }")]
    [InlineData("class {|OVS104:A|} { public void process() { } }")]
    [InlineData("class A { public void Process() { } public void {|OVS104:Process|}(int args) { } }")]
    [InlineData("class A { public void Process() { } public Task {|OVS104:ProcessAsync|}() => Task.CompletedTask; }")]
    [InlineData("class A { public void Process() { } public void PreProcess() { } public void {|OVS104:PreProcess|}(JobContext job) { } }")]
    public async Task OVS104_a_stage_that_is_missing_or_there_twice(string declaration) => await Checked.Async($"""[JobType("a")] {declaration}""");

    [Theory]
    [InlineData("private void Process() { }", "Process is private, and a stage must be accessible to generated code: make it public")]
    [InlineData("protected internal static Task ProcessAsync() => Task.CompletedTask;", "ProcessAsync is static, and a stage is an instance method: take 'static' away")]
    [InlineData("public void Process<T>() { }", "Process is generic, and generated code would not know what for: take its type parameters away")]
    [InlineData("public void processAsync() { }", "processAsync is no stage by its name, which tells capitals from small letters: name it Process or ProcessAsync")]
    [InlineData("public System.Diagnostics.Process? Process { get; set; }", "Process is no method, and a stage is one: give it another name, and add a method of this one")]
    [InlineData("public void Run() { }", "add an instance method of that name, which may end in Async: accessible to generated code, and not generic")]
    public async Task OVS104_says_what_looks_like_the_stage_and_why_it_is_none(string member, string said)
    {
        var messages = await Checked.Async($$"""abstract class Base { {{member}} } [JobType("a")] class {|OVS104:A|} : Base { }""");
        Assert.Equal($"A has no Process stage; {said}", Assert.Single(messages));
    }

    [Fact]
    public async Task OVS104_is_silent_for_inherited_and_overridden_stages() =>
        await Checked.Async("""
            public abstract class Base { public virtual void Process() { } public void PostProcess() { } }
            [JobType("a")] class A : Base { }
            [JobType("b")] class B : Base { public override void Process() { } }
            [JobType("c")] class C : Base { public new Task ProcessAsync() => Task.CompletedTask; private void PreProcess() { } }
            """.Replace("new Task ProcessAsync", "Task ProcessAsync", StringComparison.Ordinal));

    [Theory]
    [InlineData("public async void {|OVS105:Process|}() { await Task.Yield(); }")]
    [InlineData("public void {|OVS105:Process|}(ref int args) { }")]
    [InlineData("public void {|OVS105:Process|}(in int args) { }")]
    [InlineData("public void {|OVS105:Process|}(out int args) { args = 1; }")]
    [InlineData("public unsafe void {|OVS105:Process|}(int* args) { }")]
    [InlineData("public void {|OVS105:Process|}(ReadOnlySpan<char> args) { }")]
    [InlineData("public ReadOnlySpan<char> {|OVS105:Process|}() => default;")]
    [InlineData("private int f; public ref int {|OVS105:Process|}() => ref f;")]
    [InlineData("public void Process() { } public int {|OVS105:PreProcess|}() => 1;")]
    [InlineData("public int Process() => 1; public string {|OVS105:PostProcess|}() => \"\";")]
    [InlineData("public void Process() { } public string {|OVS105:PostProcess|}() => \"\";")]
    public async Task OVS105_a_signature_that_is_not_supported(string stages) => await Checked.Async($$"""[JobType("a")] class A { {{stages}} }""");

    [Theory]
    [InlineData("public ValueTask<int> ProcessAsync() => new(1); public int PostProcess(int result) => result;")]
    [InlineData("public Task<string?> Process() => Task.FromResult<string?>(null); public ValueTask<string?> PostProcessAsync() => new((string?)null);")]
    [InlineData("public void Process(JobContext job, CancellationToken cancellationToken) { } public Task PreProcess() => Task.CompletedTask;")]
    [InlineData("public int[] Process() => [];")]
    public async Task OVS105_is_silent_for_every_supported_form(string stages) => await Checked.Async($$"""[JobType("a")] class A { {{stages}} }""");

    [Theory]
    [InlineData("public {|OVS106:A|}() { } public A(TimeProvider clock) { }")]
    [InlineData("public {|OVS106:A|}(Uri one) { } internal A(Version two) { }")]
    public async Task OVS106_more_than_one_constructor(string constructors) =>
        await Checked.Async($$"""[JobType("a")] class A { {{constructors}} public void Process() { } }""");

    [Theory]
    [InlineData("public A() { } [ActivatorUtilitiesConstructor] public A(TimeProvider clock) { }")]
    [InlineData("public A(TimeProvider clock) { } private A() { }")]
    [InlineData("static A() { }")]
    public async Task OVS106_is_silent_where_one_constructor_is_meant(string constructors) =>
        await Checked.Async($$"""[JobType("a")] class A { {{constructors}} public void Process() { } }""");
}
