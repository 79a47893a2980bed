using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS104: a handler without <c>Process</c>.</summary>
public sealed class AddStageTests
{
    private static string Handler(string members) => $$"""
        [JobType("a")]
        class A
        {
            {{members}}
        }
        """;

    private static string Marked(string handler) => handler.Replace("class A", "class {|OVS104:A|}", StringComparison.Ordinal);

    [Theory]
    [InlineData("/// <summary>The work.</summary>\n    private void Process() { }", "/// <summary>The work.</summary>\n    public void Process() { }", "Make Process public")]
    [InlineData("int Process(int args) => args; // it", "public int Process(int args) => args; // it", "Make Process public")]
    [InlineData("public static async Task ProcessAsync() => await Task.Yield();", "public async Task ProcessAsync() => await Task.Yield();", "Make ProcessAsync an instance method")]
    [InlineData("protected static void Process() { }", "public void Process() { }", "Make Process a public instance method")]
    [InlineData("public void process(string args) { }", "public void Process(string args) { }", "Rename process to Process")]
    [InlineData("static int Proces() => 1;", "public int Process() => 1;", "Rename Proces to Process and make it a public instance method")]
    [InlineData("public Task ProccessAsync() => Task.CompletedTask;", "public Task ProcessAsync() => Task.CompletedTask;", "Rename ProccessAsync to ProcessAsync")]
    [InlineData("public void PreProcess() { } public int Run() => Help(); static int Help() => 1;", "public void PreProcess() { } public int Process() => Help(); static int Help() => 1;", "Rename Run to Process")]
    [InlineData("public async Task<int> ExecuteAsync(int args) => await Task.FromResult(args);", "public async Task<int> ProcessAsync(int args) => await Task.FromResult(args);", "Rename ExecuteAsync to ProcessAsync")]
    public Task OVS104_what_looks_like_the_stage_becomes_it(string before, string after, string title) => Fixed.Async<AddStageFix>(Marked(Handler(before)), Handler(after), title);

    [Fact]
    public Task OVS104_all_uses_of_a_renamed_method_follow() => Fixed.AllAsync<AddStageFix>(
        ["""
        /// <summary>See <see cref="Run"/>.</summary>
        [JobType("a")] class {|OVS104:A|} { public void Run() { } }
        """, """
        [JobType("b")] class {|OVS104:B|} { public void Execute(int number) { if (number > 0) Execute(number - 1); } }
        static class Program { static void Start() { new A().Run(); Action run = new A().Run; new B().Execute(1); } }
        """],
        ["""
        /// <summary>See <see cref="Process"/>.</summary>
        [JobType("a")] class A { public void Process() { } }
        """, """
        [JobType("b")] class B { public void Process(int number) { if (number > 0) Process(number - 1); } }
        static class Program { static void Start() { new A().Process(); Action run = new A().Process; new B().Process(1); } }
        """],
        iterations: 2, documents: 2);

    [Fact]
    public Task OVS104_no_wider_than_the_types_in_the_signature() => Fixed.Async<AddStageFix>(
        """
        class Hidden;
        [JobType("a")] public class {|OVS104:A|} { private void Process(Hidden args) { } }
        """,
        """
        class Hidden;
        [JobType("a")] public class A { internal void Process(Hidden args) { } }
        """,
        "Make Process internal");

    [Fact]
    public Task OVS104_a_method_of_a_base_class_for_all_that_derive_from_it() => Fixed.AllAsync<AddStageFix>(
        ["abstract class Base { protected void Process() { } }", """
        [JobType("a")] class {|OVS104:A|} : Base;
        [JobType("b")] class {|OVS104:B|} : Base;
        """],
        ["abstract class Base { public void Process() { } }", """
        [JobType("a")] class A : Base;
        [JobType("b")] class B : Base;
        """],
        iterations: 1);

    [Theory]
    [InlineData("class {|OVS104:A|};", "class A\n{\n    public Task Process(JobContext job, CancellationToken cancellationToken)\n    {\n        throw new NotImplementedException();\n    }\n}")]
    [InlineData(
        "class {|OVS104:A|}\n{\n    // Nothing yet.\n    public void PreProcess() { }\n}",
        "class A\n{\n    // Nothing yet.\n    public void PreProcess() { }\n\n    public Task Process(JobContext job, CancellationToken cancellationToken)\n    {\n        throw new NotImplementedException();\n    }\n}")]
    public Task OVS104_a_stage_is_added(string before, string after) => Fixed.Async<AddStageFix>(
        "[JobType(\"a\")]\n" + before, "[JobType(\"a\")]\n" + after, "Add Process");

    [Fact]
    public Task OVS104_a_new_stage_takes_what_the_dependencies_give() => Fixed.Async<AddStageFix>(
        ["""
        namespace Sources;

        record RawRows(int X);
        [JobType("load")] class Load { public Task<RawRows> Process() => throw new Exception(); }
        [JobType("find")] class Find { public string? Process() => null; }
        [JobType("one")] class One { public int Process() => 1; }
        [JobType("two")] class Two { public int Process() => 1; }
        [JobType("none")] class None { public void Process() { } }
        """, """
        namespace Reports
        {
            [JobType("a"), DependsOn<Sources.Load>, DependsOn<Sources.Find>]
            [DependsOn(typeof(Sources.One), typeof(Sources.Two), typeof(Sources.None))]
            public class {|OVS104:A|}
            {
            }
        }
        """],
        ["""
        namespace Sources;

        record RawRows(int X);
        [JobType("load")] class Load { public Task<RawRows> Process() => throw new Exception(); }
        [JobType("find")] class Find { public string? Process() => null; }
        [JobType("one")] class One { public int Process() => 1; }
        [JobType("two")] class Two { public int Process() => 1; }
        [JobType("none")] class None { public void Process() { } }
        """, """
        using Sources;

        namespace Reports
        {
            [JobType("a"), DependsOn<Sources.Load>, DependsOn<Sources.Find>]
            [DependsOn(typeof(Sources.One), typeof(Sources.Two), typeof(Sources.None))]
            public class A
            {
                internal Task Process(RawRows rawRows, string? find, [ResultOf<One>] int one, [ResultOf<Two>] int two, JobContext job, CancellationToken cancellationToken)
                {
                    throw new NotImplementedException();
                }
            }
        }
        """],
        "Add Process");

    [Fact]
    public Task OVS104_a_stage_is_added_to_all_in_the_part_with_the_attribute() => Fixed.AllAsync<AddStageFix>(
        ["""
        partial class {|OVS104:A|} { private readonly int number; int Number => number; }
        [JobType("a")]
        partial class A
        {
        }

        [JobType("b")]
        class {|OVS104:B|}
        {
            public void PostProcess() { }
            public void Clean() { }
            public void Close() { }
        }
        """],
        ["""
        partial class A { private readonly int number; int Number => number; }
        [JobType("a")]
        partial class A
        {
            public Task Process(JobContext job, CancellationToken cancellationToken)
            {
                throw new NotImplementedException();
            }
        }

        [JobType("b")]
        class B
        {
            public void PostProcess() { }
            public void Clean() { }
            public void Close() { }

            public Task Process(JobContext job, CancellationToken cancellationToken)
            {
                throw new NotImplementedException();
            }
        }
        """],
        iterations: 2);

    [Theory]
    [InlineData("public void Process<T>() { }")]
    [InlineData("public int Process { get; set; }")]
    [InlineData("public static void Process() { } void Help() => Process();")]
    [InlineData("private void Process(ref int number) { }")]
    [InlineData("private async void Process() => await Task.Yield();")]
    [InlineData("private class Own; private void Process(Own own) { }")]
    public Task OVS104_nothing_is_offered_where_the_name_is_taken_by_what_cannot_be_one(string members) => Fixed.NotAsync<AddStageFix>(Marked(Handler(members)));

    [Fact]
    public Task OVS104_nothing_is_offered_for_what_overrides_or_for_two() => Fixed.NotAsync<AddStageFix>(
        """
        abstract class Base { protected abstract void Process(); }
        [JobType("a")] class {|OVS104:A|} : Base { protected override void Process() { } }
        [JobType("b")] class B { public void Process() { } public void {|OVS104:Process|}(int args) { } }
        """);

    [Fact]
    public Task OVS104_a_method_of_a_contract_keeps_its_name() => Fixed.Async<AddStageFix>(
        """
        [JobType("a")]
        sealed class {|OVS104:A|} : IDisposable
        {
            public void Dispose() { }
        }
        """,
        """
        [JobType("a")]
        sealed class A : IDisposable
        {
            public void Dispose() { }

            public Task Process(JobContext job, CancellationToken cancellationToken)
            {
                throw new NotImplementedException();
            }
        }
        """,
        "Add Process");
}
