using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS303: two dependencies produce the type of a parameter.</summary>
public sealed class AddResultOfTests
{
    private const string Handlers = """
        namespace Sources;

        record Rows(int X);
        [JobType("one")] class One { public Rows Process() => new(1); }
        [JobType("two")] class Two { public Rows Process() => new(2); }
        """;

    [Theory]
    [InlineData(0, "One")]
    [InlineData(1, "Two")]
    public Task OVS303_one_action_for_each_candidate(int index, string name) => Fixed.Async<AddResultOfFix>(
        [Handlers, """
        using Sources;

        [JobType("a")]
        [DependsOn<One>, DependsOn<Two>]
        class A
        {
            public void Process(JobContext job, /* these */ Rows {|OVS303:rows|}) { }
        }
        """],
        [Handlers, $$"""
        using Sources;

        [JobType("a")]
        [DependsOn<One>, DependsOn<Two>]
        class A
        {
            public void Process(JobContext job, /* these */ [ResultOf<{{name}}>] Rows rows) { }
        }
        """],
        $"Add [ResultOf<{name}>]", index);

    [Fact]
    public Task OVS303_on_a_line_of_its_own_with_another_attribute_and_a_namespace_to_import() => Fixed.Async<AddResultOfFix>(
        [Handlers, """
        namespace Reports
        {
            [JobType("a"), DependsOn(typeof(Sources.One), typeof(Sources.Two))]
            class A
            {
                public void Process(
                    int id,
                    [System.Diagnostics.CodeAnalysis.DisallowNull] Sources.Rows? {|OVS303:rows|})
                {
                }
            }
        }
        """],
        [Handlers, """
        using Sources;

        namespace Reports
        {
            [JobType("a"), DependsOn(typeof(Sources.One), typeof(Sources.Two))]
            class A
            {
                public void Process(
                    int id,
                    [ResultOf<One>] [System.Diagnostics.CodeAnalysis.DisallowNull] Sources.Rows? rows)
                {
                }
            }
        }
        """],
        "Add [ResultOf<One>]");

    [Fact]
    public Task OVS303_candidates_that_are_nested_or_named_with_keywords() => Fixed.Async<AddResultOfFix>(
        """
        static class Outer
        {
            [JobType("one")] internal class @event { public Guid Process() => default; }
            [JobType("two")] internal class Two { public Guid Process() => default; }

            [JobType("a"), DependsOn<@event>, DependsOn<Two>]
            internal class A { public void Process(Guid {|OVS303:id|}) { } }
        }
        """,
        """
        static class Outer
        {
            [JobType("one")] internal class @event { public Guid Process() => default; }
            [JobType("two")] internal class Two { public Guid Process() => default; }

            [JobType("a"), DependsOn<@event>, DependsOn<Two>]
            internal class A { public void Process([ResultOf<@event>] Guid id) { } }
        }
        """,
        "Add [ResultOf<@event>]");
}
