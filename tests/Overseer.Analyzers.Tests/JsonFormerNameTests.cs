using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>What OVS305 says of <c>[WasNamed]</c>: a former name that would not be read.</summary>
public sealed class JsonFormerNameTests
{
    [Theory]
    [InlineData("record Args([WasNamed(\"B\")] int A, int B);", "Args.A was named \"B\", and is not read from there, because Args.B is named so now (take one of the two names away)")]
    [InlineData("record Args([WasNamed(\"B\")] int A, [WasNamed(\"A\")] int B);", "Args.A was named \"B\", and is not read from there")]
    [InlineData("class Args { [WasNamed(\"x y\")] public int A { get; set; } [System.Text.Json.Serialization.JsonPropertyName(\"x y\")] public int B { get; set; } }", "Args.A was named \"x y\"")]
    [InlineData("class Args { [WasNamed(\"Old\")] public int A; [WasNamed(\"Older\", \"Old\")] public int B { get; set; } }", "Args.A and Args.B were both named \"Old\", which can be read as one of them only (take it out of one [WasNamed])")]
    [InlineData("record Args([WasNamed(\"Old\")] int A, [property: WasNamed(\"Old\")] int B);", "Args.A and Args.B were both named \"Old\"")]
    [InlineData("record Args([WasNamed(\"\")] int A);", "Args.A was never named \"\" (take that out of its [WasNamed])")]
    [InlineData("record Args([WasNamed(\"Old\", null!)] int A);", "Args.A was never named \"\"")]
    [InlineData("record Args(List<Inner> Inners); record Inner([WasNamed(\"B\")] int A, int B);", "Inner.A was named \"B\"")]
    [InlineData("record Base([WasNamed(\"Old\")] int A); record Args(int A, int B) : Base(A);", "Args.A is not read from \"Old\", because [WasNamed] is on a parameter of a constructor that is not the one called for Args (say [property: WasNamed])")]
    [InlineData("class Args { public Args() { } public Args([WasNamed(\"Old\")] int a) => A = a; public int A { get; set; } }", "Args.A is not read from \"Old\"")]
    [InlineData("class Base { [WasNamed(\"B\")] public virtual int A { get; set; } } class Args : Base { public override int A { get; set; } public int B { get; set; } }", "Args.A was named \"B\"")]
    public async Task OVS305_a_former_name_that_is_not_read(string declaration, string why)
    {
        var messages = await Checked.Async($$"""{{declaration}} [JobType("a")] class A { public void Process(Args {|OVS305:args|}) { } }""");
        Assert.StartsWith("Args cannot be stored as JSON: " + why, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record Args([WasNamed(\"X\", \"Y\")] int A, [property: WasNamed(\"Z\")] int B);")]
    [InlineData("record Args([WasNamed(\"A\", \"Old\", \"Old\")] int A, [WasNamed] int B);")]
    [InlineData("record Args([WasNamed(\"Old\")] [property: WasNamed(\"Old\")] int A);")]
    [InlineData("class Args { [WasNamed(\"B\")] public int A { get; set; } [System.Text.Json.Serialization.JsonIgnore] public int B { get; set; } }")]
    [InlineData("class Args { [WasNamed(\"B\")] public int A { get; set; } [System.Text.Json.Serialization.JsonPropertyName(\"b\")] public int B { get; set; } }")]
    [InlineData("record Base([property: WasNamed(\"Old\")] int A); record Args(int A, int B) : Base(A);")]
    [InlineData("record Base([WasNamed(\"Old\")] int A); record Args([WasNamed(\"Old\")] int A, int B) : Base(A);")]
    [InlineData("[System.Text.Json.Serialization.JsonDerivedType(typeof(One), \"one\")] abstract record Args([WasNamed(\"Old\")] int A); record One([WasNamed(\"Old\")] int A) : Args(A);")]
    [InlineData("record Args(Inner It, [WasNamed(\"B\")] int A); record Inner([WasNamed(\"A\")] int B);")]
    public async Task OVS305_is_silent_for_former_names_that_are_read(string declaration) =>
        await Checked.Async($$"""{{declaration}} [JobType("a")] class A { public void Process(Args args) { } }""");
}
