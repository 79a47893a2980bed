using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS201: a class that is used as a handler lacks <c>[JobType]</c>.</summary>
public sealed class AddJobTypeTests
{
    [Fact]
    public Task OVS201_the_class_depended_on_becomes_a_handler_in_its_own_file() => Fixed.Async<AddJobTypeFix>(
        ["""
        namespace Sources;

        /// <summary>Extracts.</summary>
        [Serializable]
        public sealed class ExtractRows
        {
            public void Process() { }
        }
        """, """
        using Sources;

        [JobType("clean"), {|OVS201:DependsOn<ExtractRows>|}]
        class Clean { public void Process() { } }
        """],
        ["""
        namespace Sources;

        /// <summary>Extracts.</summary>
        [JobType("extract-rows")]
        [Serializable]
        public sealed class ExtractRows
        {
            public void Process() { }
        }
        """, """
        using Sources;

        [JobType("clean"), DependsOn<ExtractRows>]
        class Clean { public void Process() { } }
        """],
        "Add [JobType(\"extract-rows\")] to ExtractRows");

    [Fact]
    public Task OVS201_one_of_several_by_typeof_nested_and_named_with_a_keyword() => Fixed.Async<AddJobTypeFix>(
        """
        namespace N
        {
            class Outer
            {
                internal class @event { public int Process() => 1; }
            }

            [JobType("event")] class Other { public void Process() { } }

            [JobType("clean")]
            [DependsOn(typeof(Other), {|OVS201:typeof(Outer.@event)|})]
            class Clean { public void Process() { } }
        }
        """,
        """
        namespace N
        {
            class Outer
            {
                [JobType("n.event")]
                internal class @event { public int Process() => 1; }
            }

            [JobType("event")] class Other { public void Process() { } }

            [JobType("clean")]
            [DependsOn(typeof(Other), typeof(Outer.@event))]
            class Clean { public void Process() { } }
        }
        """,
        "Add [JobType(\"n.event\")] to @event");

    [Fact]
    public Task OVS201_a_class_whose_attributes_do_nothing() => Fixed.Async<AddJobTypeFix>(
        """
        [JobType("load")] class Load { public int Process() => 1; }
        partial class Clean { public void Process(int rows) { } }
        // The part with the attributes.
        [{|OVS201:DependsOn<Load>|}]
        partial class Clean;
        """,
        """
        [JobType("load")] class Load { public int Process() => 1; }
        partial class Clean { public void Process(int rows) { } }
        // The part with the attributes.
        [JobType("clean")]
        [DependsOn<Load>]
        partial class Clean;
        """,
        "Add [JobType(\"clean\")] to Clean");

    [Theory]
    [InlineData("class Plain;")]
    [InlineData("abstract class Plain { public void Process() { } }")]
    [InlineData("record struct Plain { public void Process() { } }")]
    [InlineData("class Plain { public async void Process() => await Task.Yield(); }")]
    [InlineData("class Plain { private Plain() { } public void Process() { } }")]
    public Task OVS201_nothing_is_offered_for_what_would_be_no_handler_either(string plain) => Fixed.NotAsync<AddJobTypeFix>(
        plain + """ [JobType("a"), {|OVS201:DependsOn(typeof(Plain))|}] class A { public void Process() { } }""");

    [Fact]
    public Task OVS201_nothing_is_offered_for_a_class_without_source() =>
        Fixed.NotAsync<AddJobTypeFix>("""[JobType("a"), {|OVS201:DependsOn<Uri>|}] class A { public void Process() { } }""");

    [Fact]
    public async Task OVS201_a_class_of_another_project_of_the_solution()
    {
        var solution = Sandbox.Open(
            ["""[JobType("a"), DependsOn<Library.Load>] class A { public void Process() { } }"""], "namespace Library { public class Load { public void Process() { } } }");
        var finding = Assert.Single(await Sandbox.AnalyzeAsync(solution));
        Assert.Equal("OVS201", finding.Id);
        var changed = await Sandbox.FixAsync(solution, finding, new AddJobTypeFix());
        Assert.Empty(await Sandbox.AnalyzeAsync(changed!));
        Assert.Contains(await Sandbox.TextsAsync(changed!), text => text.Contains("""{ [JobType("load")] public class Load""", StringComparison.Ordinal));
    }
}
