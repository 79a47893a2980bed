using Xunit;

namespace Overseer.Analyzers.Tests.Locks;

/// <summary>Runs may be older than the last build: what two allowed changes would strand together is told at the second.</summary>
public sealed class LockHistoryTests
{
    private const string Handler = " [JobType(\"a\")] class A { public void Process(Args args) { } }";

    [Fact]
    public async Task OVS601_a_dependency_is_added_and_then_its_result_is_taken()
    {
        const string Price = "[JobType(\"price\")] class Price { public int Process() => 1; } ";
        await Checked.ChangedInStepsAsync(
        [
            Price + "[JobType(\"bill\")] class Bill { public void Process() { } }",
            Price + "[JobType(\"bill\"), DependsOn<Price>] class Bill { public void Process() { } }",
            Price + "[JobType(\"bill\"), {|OVS601:DependsOn<Price>|}] class Bill { public void Process(int price) { } }",
        ]);
    }

    [Fact]
    public async Task OVS601_a_result_is_given_and_then_taken()
    {
        const string Bill = "[JobType(\"bill\"), DependsOn<Pick>] class Bill { public void Process() { } }";
        await Checked.ChangedInStepsAsync(
        [
            "[JobType(\"pick\")] class Pick { public void Process() { } } " + Bill,
            "[JobType(\"pick\")] class Pick { public int Process() => 1; } " + Bill,
            "[JobType(\"pick\")] class Pick { public int Process() => 1; } [JobType(\"bill\"), {|OVS601:DependsOn<Pick>|}] class Bill { public void Process(int pieces) { } }",
        ]);
    }

    [Fact]
    public async Task OVS602_a_result_goes_and_comes_again_as_another()
    {
        const string Bill = "[JobType(\"bill\"), DependsOn<Pick>] class Bill { public void Process() { } }";
        await Checked.ChangedInStepsAsync(
        [
            "[JobType(\"pick\")] class Pick { public int Process() => 1; } " + Bill,
            "[JobType(\"pick\")] class Pick { public void Process() { } } " + Bill,
            "[JobType(\"pick\")] class Pick { public string Process() => \"\"; } [JobType(\"bill\"), {|OVS602:DependsOn<Pick>|}] class Bill { public void Process(string pieces) { } }",
        ]);
    }

    [Fact]
    public async Task OVS602_a_result_goes_and_comes_again_and_is_taken_later()
    {
        const string Bill = "[JobType(\"bill\"), DependsOn<Pick>] class Bill { public void Process() { } }";
        await Checked.ChangedInStepsAsync(
        [
            "[JobType(\"pick\")] class Pick { public int Process() => 1; } " + Bill,
            "[JobType(\"pick\")] class Pick { public void Process() { } } " + Bill,
            "[JobType(\"pick\")] class Pick { public string Process() => \"\"; } " + Bill,
            "[JobType(\"pick\")] class Pick { public string Process() => \"\"; } [JobType(\"bill\"), {|OVS602:DependsOn<Pick>|}] class Bill { public void Process(string pieces) { } }",
        ]);
    }

    [Theory]
    [InlineData("Args.X is stored as int, and is string? now", "record Args(int A, int X);", "record Args(int A);", "record Args(int A, string? {|OVS602:X|} = null);")]
    [InlineData("Args.X was gone for a time, so that what is stored may lack it, and is required now; give it a default", "record Args(int A, int X);", "record Args(int A);", "record Args(int A, int {|OVS602:X|});")]
    [InlineData("In.X is stored as Old[], and is int now", "record Args(In A); record In(int B, List<Old> X); record Old(int C);", "record Args(In A); record In(int B);", "record Args(In A); record In(int B, int {|OVS602:X|} = 0);")]
    [InlineData("Args.X is stored as int, and is string? now", "record Old(int A, int X); record Args(int A, int X);", "record Args(int A);", "record Args(int A);", "record Args(int A, string? {|OVS602:X|} = null);")]
    [InlineData("Args.Total was optional, so that what is stored may lack it, and is required now", "record Args(int A);", "record Args(int A) { public int Total => A * 2; }", "record Args(int A, int {|OVS602:Total|});")]
    [InlineData("Args refuses what it does not know, and is stored with B", "record Args(int A, int B = 0);", "record Args(int A);", "[System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow)] record {|OVS602:Args|}(int A);")]
    public async Task OVS602_a_member_goes_or_comes_and_then_is_another(string message, params string[] declarations)
    {
        var messages = await Checked.ChangedInStepsAsync([.. declarations.Select(declaration => declaration + Handler)]);
        Assert.StartsWith(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS602_a_former_name_goes_to_a_handler_of_other_args()
    {
        const string Two = "[JobType(\"a\")] class A { public void Process(int args) { } } [JobType(\"x\")] class X { public void Process(string {|OVS602:args|}) { } }";
        var message = Assert.Single(await Checked.ChangedInStepsAsync(
        [
            "[JobType(\"x\")] class A { public void Process(int args) { } }",
            "[JobType(\"a\", Formerly = [\"x\"])] class A { public void Process(int args) { } }",
            Two,
        ]));
        Assert.StartsWith("The args of 'a' is stored as int, and is string now", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record Args(int A, int X);", "record Args(int A);", "record Args(int A, int X = 0);")]
    [InlineData("record Args(int A, int X);", "record Args(int A);", "record Args(int A, int Y = 0);")]
    [InlineData("record Args(int A, int X);", "record Args([WasNamed(\"X\")] int B, int A);", "record Args([WasNamed(\"X\")] int B, int A, int C = 0);")]
    public async Task OVS602_is_silent_where_every_build_can_be_read(params string[] declarations) =>
        await Checked.ChangedInStepsAsync([.. declarations.Select(declaration => declaration + Handler)], "OVS603");

    [Fact]
    public async Task OVS603_is_silent_where_only_the_past_differs()
    {
        string[] builds = ["record Args(int A, int X);", "record Args(int A);", "record Args(int A);"];
        await Checked.ChangedInStepsAsync([.. builds.Select(declaration => declaration + Handler)]);
    }
}
