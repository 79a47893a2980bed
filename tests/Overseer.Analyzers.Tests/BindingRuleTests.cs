using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS301 to OVS304: where the parameters of a stage come from.</summary>
public sealed class BindingRuleTests
{
    private const string Load = """
        public sealed record Rows(int Count);
        public sealed record Args(int Day);
        [JobType("load")] public class Load { public Rows Process(Args args) => new(args.Day); }
        [JobType("find")] public class Find { public string? Process() => null; }

        """;

    [Fact]
    public async Task OVS301_a_second_parameter_that_nothing_provides()
    {
        var messages = await Checked.Async(Load + """[JobType("a")] [DependsOn<Load>] class A { public void Process(Args args, Rows rows, int {|OVS301:more|}) { } }""");
        Assert.Equal(
            "Parameter 'more' (int) of Process cannot be bound: what can be taken here is JobContext, CancellationToken, the args (Args, taken by 'args'), "
            + "the result of Load (Rows); put its value into the args, depend on a handler that gives it, mark it [FromServices], or take it out",
            Assert.Single(messages));
    }

    [Fact]
    public async Task OVS301_a_stage_with_args_of_another_type() =>
        await Checked.Async("""[JobType("a")] class A { public void PreProcess(string {|OVS301:text|}) { } public void Process(int number) { } }""");

    [Fact]
    public async Task OVS301_a_nullable_result_into_a_parameter_that_takes_no_null()
    {
        var messages = await Checked.Async(Load + """[JobType("a")] [DependsOn<Find>] class A { public void Process(string {|OVS301:found|}) { } }""");
        Assert.Equal("Parameter 'found' (string) of Process cannot be bound: the result of Find may be null, which string does not take; make it string?", Assert.Single(messages));
    }

    [Theory]
    [InlineData("[JobType(\"b\")] class B { public int? Process() => null; }", "[DependsOn<B>]", "public void Process(int {|OVS301:number|}) { }", "int?")]
    [InlineData("", "", "public string? Process() => null; public void PostProcess(string {|OVS301:text|}) { }", "string?")]
    [InlineData("class Give : IJobHarness<string?> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<string?, T> stage) => stage(job, null); }", "[Harness<Give>]", "public void Process(string {|OVS301:text|}) { }", "string?")]
    public async Task OVS301_says_to_take_null_wherever_it_comes_from(string other, string attribute, string stages, string remedy)
    {
        var messages = await Checked.Async($$"""{{other}} [JobType("a")] {{attribute}} class A { {{stages}} }""");
        Assert.EndsWith($"does not take; make it {remedy}", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string path, int {|OVS301:retries|} = 3")]
    [InlineData("Args args, int {|OVS301:retries|} = 3")]
    [InlineData("int day, int {|OVS301:retries|} = 3")]
    public async Task OVS301_a_parameter_with_a_default_is_not_told_to_be_a_result(string parameters)
    {
        var messages = await Checked.Async(Load + $$"""[JobType("b")] class B { public int Process() => 1; } [JobType("a")] class A { public void Process({{parameters}}) { } }""");
        Assert.EndsWith("its default value is never used, so put the value into the args, mark it [FromServices], or take it out", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS301_the_first_parameter_left_is_the_args_even_if_a_handler_gives_its_type()
    {
        var messages = await Checked.Async("""[JobType("b")] class B { public int Process() => 1; } [JobType("a")] class A { public void Process(int org, Version {|OVS301:version|}) { } }""");
        Assert.Contains("the args (int, taken by 'org', though B gives that type too)", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS301_is_silent_for_every_source_of_a_parameter() =>
        await Checked.Async(Load + """
            [JobType("a")] [DependsOn<Load>, DependsOn<Find>]
            class A(TimeProvider clock, IServiceProvider services, [FromKeyedServices("k")] Uri address, Version? version = null)
            {
                public void PreProcess(JobContext job, Args args) => Console.WriteLine((clock, services, address, version));
                public string Process(Rows rows, string? found, Args args, JobContext job, CancellationToken cancellationToken, [FromServices] Version service) => "";
                public void PostProcess(string result, Rows rows, [FromKeyedServices(7)] Uri other) { }
            }
            """);

    [Fact]
    public async Task OVS301_is_silent_for_a_result_taken_as_its_base_type() =>
        await Checked.Async("""[JobType("b")] class B { public List<int> Process() => []; } [JobType("a")] [DependsOn<B>] class A { public void Process(IReadOnlyList<int> numbers) { } }""");

    [Fact]
    public async Task OVS302_a_parameter_wants_the_result_of_no_dependency()
    {
        var messages = await Checked.Async(Load + """[JobType("a")] class A { public void Process(Rows {|OVS302:rows|}) { } }""");
        Assert.Equal("Parameter 'rows' (Rows) wants the result of Load, which is no dependency of this handler; add [DependsOn<Load>]", Assert.Single(messages));
    }

    [Theory]
    [InlineData("string args, int {|OVS302:number|}")]
    [InlineData("int {|OVS302:number|}, Args args")]
    public async Task OVS302_a_second_parameter_of_a_plain_type(string parameters)
    {
        var messages = await Checked.Async(Load + $$"""[JobType("b")] class @event { public int Process() => 1; } [JobType("a")] class A { public void Process({{parameters}}) { } }""");
        Assert.Equal(
            "Parameter 'number' (int) is left beside 'args', which takes the args, and could be the result of @event, which is no dependency of this handler; "
            + "add [DependsOn<@event>], or put its value into the args",
            Assert.Single(messages));
    }

    [Theory]
    [InlineData("int number")]
    [InlineData("int number = 3")]
    [InlineData("JobContext job, int number, CancellationToken token")]
    public async Task OVS302_is_silent_where_the_parameter_can_be_the_args(string parameters) =>
        await Checked.Async($$"""[JobType("b")] class B { public int Process() => 1; } [JobType("a")] class A { public void Process({{parameters}}) { } }""");

    [Fact]
    public async Task OVS303_two_dependencies_give_the_type()
    {
        var messages = await Checked.Async("""
            [JobType("b")] class B { public int Process() => 1; }
            [JobType("c")] class C { public Task<int> Process() => Task.FromResult(1); }
            [JobType("a")] [DependsOn(typeof(B), typeof(C))] class A { public void Process(int {|OVS303:number|}) { } }
            """);
        Assert.Contains("B and C", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS303_is_silent_with_ResultOf_and_for_an_exact_match_beside_a_conversion() =>
        await Checked.Async("""
            [JobType("b")] class B { public int Process() => 1; }
            [JobType("c")] class C { public int Process() => 1; }
            [JobType("a")] [DependsOn<B>, DependsOn<C>] class A { public void Process([ResultOf<B>] int one, [ResultOf<C>] int two) { } }
            [JobType("e")] class E { public List<int> Process() => []; }
            [JobType("f")] class F { public IList<int> Process() => []; }
            [JobType("d")] [DependsOn<E>, DependsOn<F>] class D { public void Process(IList<int> numbers) { } }
            """);

    [Theory]
    [InlineData("[ResultOf<Load>] string {|OVS304:text|}", "its result is Rows")]
    [InlineData("[ResultOf<Find>] string? {|OVS304:text|}", "it is no dependency of this handler")]
    [InlineData("[ResultOf<Quiet>] Rows {|OVS304:rows|}", "it gives no result")]
    public async Task OVS304_ResultOf_that_does_not_fit(string parameter, string said)
    {
        var messages = await Checked.Async(Load + $$"""
            [JobType("quiet")] class Quiet { public void Process() { } }
            [JobType("a")] [DependsOn<Load>, DependsOn<Quiet>] class A { public void Process({{parameter}}) { } }
            """);
        Assert.Contains(said, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ResultOf<Load>] Rows rows")]
    [InlineData("[ResultOf<Load>] object rows")]
    [InlineData("[ResultOf<Find>] string? text, Rows rows")]
    [InlineData("[ResultOf<Alias>] Rows one, [ResultOf<global::Load>] Rows two, string? text")]
    public async Task OVS304_is_silent_where_the_result_fits(string parameters) =>
        await Checked.Async("using Alias = Load;\n" + Load + $$"""[JobType("a")] [DependsOn<Load>, DependsOn<Find>] class A { public void Process({{parameters}}) { } }""");

    [Fact]
    public async Task A_dependency_that_is_no_handler_gives_one_error_and_not_one_per_parameter() =>
        await Checked.Async("""
            public record Rows(int Count);
            public class Missing { public Rows Process() => new(1); }
            [JobType("a")] [{|OVS201:DependsOn<Missing>|}] class A { public void Process(Rows rows, int day) { } }
            """);
}
