using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS101 and OVS102: the names of job types.</summary>
public sealed class JobTypeNameTests
{
    [Theory]
    [InlineData("\"Extract Rows\"", "extract-rows")]
    [InlineData("\"ExtractRows2\"", "extract-rows2")]
    [InlineData("\"HTTPLoad\"", "http-load")]
    [InlineData("\"-.sales.Load__a-\"", "sales.load__a")]
    [InlineData("\"Größe/für Écran\"", "gr-e-f-r-cran")]
    [InlineData("\"\"", "clean-all-rows")]
    [InlineData("null!", "clean-all-rows")]
    [InlineData("\"報告\"", "clean-all-rows")]
    [InlineData("\"Taken\"", "taken-2")]
    [InlineData("Names.Bad", "bad-name")]
    public Task OVS101_the_name_is_made_well_formed(string before, string after) => Fixed.Async<JobTypeNameFix>(
        $$"""
        static class Names { public const string Bad = "Bad Name"; }
        [JobType("taken")] class Taken { public void Process() { } }

        [{|OVS101:JobType({{before}})|}] // a comment
        class CleanAllRows { public void Process() { } }
        """,
        $$"""
        static class Names { public const string Bad = "Bad Name"; }
        [JobType("taken")] class Taken { public void Process() { } }

        [JobType("{{after}}")] // a comment
        class CleanAllRows { public void Process() { } }
        """,
        $"Change the name to '{after}'");

    [Fact]
    public Task OVS101_a_long_name_is_cut() => Fixed.Async<JobTypeNameFix>(
        $$"""namespace N { class Outer { [{|OVS101:JobType(name: "{{new string('A', 300)}}")|}] internal class B { public void Process() { } } } }""",
        $$"""namespace N { class Outer { [JobType(name: "{{new string('a', 196)}}")] internal class B { public void Process() { } } } }""",
        $"Change the name to '{new string('a', 196)}'");

    [Fact]
    public Task OVS101_names_stay_apart_when_all_are_mended_at_once() => Fixed.AllAsync<JobTypeNameFix>(
        ["""
        [{|OVS101:JobType("A B")|}] class One { public void Process() { } }
        [{|OVS101:JobType("a b")|}] class Two { public void Process() { } }
        """, """
        [JobType("a-b-2")] class Other { public void Process() { } }
        """],
        ["""
        [JobType("a-b")] class One { public void Process() { } }
        [JobType("a-b-3")] class Two { public void Process() { } }
        """, """
        [JobType("a-b-2")] class Other { public void Process() { } }
        """],
        iterations: 2);

    [Theory]
    [InlineData(0, "load-orders")]
    [InlineData(1, "load-2")]
    public Task OVS102_a_copied_name_becomes_that_of_its_class_or_gets_a_number(int index, string after) => Fixed.Async<UniqueJobTypeFix>(
        """
        [JobType("load")] class Load { public void Process() { } }
        [{|OVS102:JobType("load")|}] class LoadOrders { public void Process() { } }
        """,
        $$"""
        [JobType("load")] class Load { public void Process() { } }
        [JobType("{{after}}")] class LoadOrders { public void Process() { } }
        """,
        $"Change the name to '{after}'", index);

    [Fact]
    public Task OVS102_two_classes_of_one_name() => Fixed.Async<UniqueJobTypeFix>(
        """
        namespace Orders { [JobType("load")] class Load { public void Process() { } } }
        namespace Sales { [{|OVS102:JobType("load")|}] partial class Load { } partial class Load { public void Process() { } } }
        namespace @base { [JobType("load-2")] class @class { public void Process() { } } }
        """,
        """
        namespace Orders { [JobType("load")] class Load { public void Process() { } } }
        namespace Sales { [JobType("load-3")] partial class Load { } partial class Load { public void Process() { } } }
        namespace @base { [JobType("load-2")] class @class { public void Process() { } } }
        """,
        "Change the name to 'load-3'");

    [Fact]
    public Task OVS102_a_name_that_a_referenced_project_claims() => Fixed.Async<UniqueJobTypeFix>(
        ["""[{|OVS102:JobType("load")|}] class Mine { public void Process() { } }"""],
        ["""[JobType("load-2")] class Mine { public void Process() { } }"""],
        "Change the name to 'load-2'", 1, test => test.Reference(Sandbox.Library("""namespace Library { [JobType("load")] public class Load { public void Process() { } } }""")));

    [Fact]
    public Task OVS102_all_get_numbers_of_their_own() => Fixed.AllAsync<UniqueJobTypeFix>(
        ["""
        namespace A { [JobType("load")] class Load { public void Process() { } } }
        namespace B { [{|OVS102:JobType("load")|}] class Load { public void Process() { } } }
        namespace C { [{|OVS102:JobType("load")|}] class Load { public void Process() { } } }
        """],
        ["""
        namespace A { [JobType("load")] class Load { public void Process() { } } }
        namespace B { [JobType("load-2")] class Load { public void Process() { } } }
        namespace C { [JobType("load-3")] class Load { public void Process() { } } }
        """],
        iterations: 2);
}
