using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS401 and OVS402: what a harness must be.</summary>
public sealed class HarnessRuleTests
{
    private const string Harnesses = """
        public class Plain : IJobHarness
        {
            public ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<TResult> stage) => stage(job);
        }

        public class Other : Plain;

        public class Giver : IJobHarness<Uri>
        {
            public ValueTask<TResult> InvokeAsync<TResult>(JobContext job, StageCall<Uri, TResult> stage) => stage(job, new Uri("x:y"));
        }

        public class SecondGiver : Giver;

        """;

    [Theory]
    [InlineData("abstract class Bad : Plain;", "it is abstract, so none can be made; name a class that derives from it")]
    [InlineData("class Bad : Plain { private Bad() { } }", "it has no accessible constructor; make one internal or public")]
    [InlineData("class Bad : Plain { public Bad() { } public Bad(Uri uri) { } }", "it has more than one accessible constructor; leave one, or mark the one to use with [ActivatorUtilitiesConstructor]")]
    [InlineData("class Bad;", "it implements neither IJobHarness nor IJobHarness<T>; implement one of them")]
    [InlineData("struct Bad;", "it is no class; name one that implements IJobHarness or IJobHarness<T>")]
    [InlineData("class Bad : Giver, IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }", "it implements more than one harness interface; implement one only")]
    [InlineData("class Bad : Plain { public required int Number { get; set; } }", "it has required members, which generated code does not set; set them in a constructor with [SetsRequiredMembers]")]
    public async Task OVS401_a_harness_that_cannot_be_made(string declaration, string said)
    {
        var messages = await Checked.Async(Harnesses + $$"""{{declaration}} [JobType("a")] [{|OVS401:Harness<Bad>|}] class A { public void Process() { } }""");
        Assert.Equal($"Harness Bad cannot be used here: {said}", Assert.Single(messages));
    }

    [Fact]
    public async Task OVS401_on_the_assembly() =>
        await Checked.Async("""[assembly: {|OVS401:Harness<Bad>|}] class Bad; [JobType("a")] class A { public void Process() { } }""");

    [Fact]
    public async Task OVS401_two_files_of_one_class_at_one_order() =>
        await Checked.Async(
            Harnesses + """[JobType("a")] [Harness<Plain>] partial class A { public void Process() { } }""",
            "[{|OVS401:Harness<Other>|}] partial class A;");

    [Fact]
    public async Task OVS401_is_silent_where_the_order_is_defined() =>
        await Checked.Async(
            "[assembly: Harness<Plain>] " + Harnesses + """[JobType("a")] [Harness<Plain>, Harness<Other>] partial class A { public void Process() { } }""",
            "[Harness<Other>(Order = 1)] [Harness<Other>(Stage = JobStage.PreProcess)] partial class A;");

    [Fact]
    public async Task OVS402_two_that_provide_one_type() =>
        await Checked.Async(Harnesses + """[JobType("a")] [Harness<Giver>, {|OVS402:Harness<SecondGiver>|}] class A { public void Process(Uri uri) { } }""");

    [Fact]
    public async Task OVS402_a_parameter_that_a_harness_of_another_stage_provides() =>
        await Checked.Async(Harnesses + """[JobType("a")] [Harness<Giver>(Stage = JobStage.PreProcess)] class A { public void Process(Uri {|OVS402:uri|}) { } }""");

    [Fact]
    public async Task OVS402_is_silent_for_one_provider_per_stage() =>
        await Checked.Async(Harnesses + """
            [JobType("a")] [Harness<Giver>, Harness<SecondGiver>(Stage = JobStage.PostProcess)]
            class A { public int Process(Uri uri) => 1; public int PostProcess(Uri uri, int result) => result; }
            """);
}
