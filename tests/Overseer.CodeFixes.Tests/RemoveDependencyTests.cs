using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS203 and OVS204: a dependency that changes nothing.</summary>
public sealed class RemoveDependencyTests
{
    private const string Handlers = """
        [JobType("load")] class Load { public int Process() => 1; }
        [JobType("find")] class Find { public string Process() => ""; }
        """;

    [Fact]
    public Task OVS203_a_line_of_its_own_goes_and_comments_above_stay() => Fixed.Async<RemoveDependencyFix>(
        [Handlers, """
        namespace Reports
        {
            /// <summary>Reports.</summary>
            [JobType("report")]
            [DependsOn<Load>]
            // Once more.
            [{|OVS203:DependsOn<Load>|}] // twice
            [DependsOn<Find>]
            class Report { public void Process() { } }
        }
        """],
        [Handlers, """
        namespace Reports
        {
            /// <summary>Reports.</summary>
            [JobType("report")]
            [DependsOn<Load>]
            // Once more.
            [DependsOn<Find>]
            class Report { public void Process() { } }
        }
        """],
        "Remove [DependsOn<Load>]");

    [Theory]
    [InlineData("[JobType(\"a\")] [DependsOn<Load>] [{|OVS203:DependsOn<Load>|}]\nclass A", "[JobType(\"a\")] [DependsOn<Load>]\nclass A", "Remove [DependsOn<Load>]")]
    [InlineData("[JobType(\"a\"), DependsOn<Load>, {|OVS203:DependsOn<Load>|}] class A", "[JobType(\"a\"), DependsOn<Load>] class A", "Remove [DependsOn<Load>]")]
    [InlineData("[JobType(\"a\"), DependsOn<Load>, {|OVS203:DependsOn(typeof(Load))|}, JobGraph(\"B\")] class A", "[JobType(\"a\"), DependsOn<Load>, JobGraph(\"B\")] class A", "Remove [DependsOn(typeof(Load))]")]
    [InlineData("[DependsOn(typeof(Load), typeof(Find), {|OVS203:typeof(Load)|})]\n[JobType(\"a\")]\nclass A", "[DependsOn(typeof(Load), typeof(Find))]\n[JobType(\"a\")]\nclass A", "Remove typeof(Load)")]
    [InlineData("[DependsOn<Load>]\n[DependsOn({|OVS203:typeof(Load)|}, typeof(Find))]\n[JobType(\"a\")]\nclass A", "[DependsOn<Load>]\n[DependsOn(typeof(Find))]\n[JobType(\"a\")]\nclass A", "Remove typeof(Load)")]
    [InlineData("[JobType(\"a\")] [DependsOn<Load>] [{|OVS203:DependsOn<Load>|}] class A", "[JobType(\"a\")] [DependsOn<Load>] class A", "Remove [DependsOn<Load>]")]
    [InlineData("[JobType(\"a\"), DependsOn<Load>]\n#if true\n[{|OVS203:DependsOn<Load>|}]\n#endif\nclass A", "[JobType(\"a\"), DependsOn<Load>]\n#if true\n#endif\nclass A", "Remove [DependsOn<Load>]")]
    public Task OVS203_however_the_attributes_are_arranged(string before, string after, string title) =>
        Fixed.Async<RemoveDependencyFix>([Handlers, before + " { public void Process() { } }"], [Handlers, after + " { public void Process() { } }"], title);

    [Fact]
    public Task OVS203_all_of_an_attribute_of_which_nothing_is_left() => Fixed.AllAsync<RemoveDependencyFix>(
        [Handlers, """
        [JobType("a")]
        [DependsOn<Load>, DependsOn<Find>]
        [DependsOn({|OVS203:typeof(Load)|}, {|OVS203:typeof(Find)|})]
        partial class A { public void Process() { } }
        """, """
        /// <summary>The other part.</summary>
        [{|OVS203:DependsOn<Find>|}]
        partial class A;
        """],
        [Handlers, """
        [JobType("a")]
        [DependsOn<Load>, DependsOn<Find>]
        partial class A { public void Process() { } }
        """, """
        /// <summary>The other part.</summary>
        partial class A;
        """],
        iterations: 3, documents: 2);

    [Fact]
    public Task OVS204_what_is_implied_goes() => Fixed.Async<RemoveDependencyFix>(
        """
        [JobType("load")] class Load { public void Process() { } }
        [JobType("middle")] [DependsOn<Load>] class Middle { public void Process() { } }

        [JobType("last")]
        [{|OVS204:DependsOn<Load>|}]
        [DependsOn<Middle>]
        class Last { public void Process() { } }
        """,
        """
        [JobType("load")] class Load { public void Process() { } }
        [JobType("middle")] [DependsOn<Load>] class Middle { public void Process() { } }

        [JobType("last")]
        [DependsOn<Middle>]
        class Last { public void Process() { } }
        """,
        "Remove [DependsOn<Load>]");

    [Fact]
    public Task OVS204_all_that_is_implied_goes_from_one_attribute() => Fixed.AllAsync<RemoveDependencyFix>(
        ["""
        [JobType("one")] class One { public void Process() { } }
        [JobType("two")] class Two { public void Process() { } }
        [JobType("middle"), DependsOn(typeof(One), typeof(Two))] class Middle { public void Process() { } }
        [JobType("last"), DependsOn({|OVS204:typeof(One)|}, typeof(Middle), {|OVS204:typeof(Two)|})] class Last { public void Process() { } }
        """],
        ["""
        [JobType("one")] class One { public void Process() { } }
        [JobType("two")] class Two { public void Process() { } }
        [JobType("middle"), DependsOn(typeof(One), typeof(Two))] class Middle { public void Process() { } }
        [JobType("last"), DependsOn(typeof(Middle))] class Last { public void Process() { } }
        """],
        iterations: 2);
}
