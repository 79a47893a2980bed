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
            + "the result of Load (Rows); depend on a handler that gives it, mark it [FromServices], or take it out",
            Assert.Single(messages));
    }

    [Fact]
    public async Task OVS301_a_stage_with_args_of_another_type() =>
        await Checked.Async("""[JobType("a")] class A { public void PreProcess(string {|OVS301:text|}) { } public void Process(int number) { } }""");

    [Fact]
    public async Task OVS301_a_nullable_result_into_a_parameter_that_takes_no_null() =>
        await Checked.Async(Load + """[JobType("a")] [DependsOn<Find>] class A { public void Process(string {|OVS301:found|}) { } }""");

    [Fact]
    public async Task OVS301_a_nullable_value_into_a_plain_one() =>
        await Checked.Async("""[JobType("b")] class B { public int? Process() => null; } [JobType("a")] [DependsOn<B>] class A { public void Process(int {|OVS301:number|}) { } }""");

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
        Assert.Contains("add [DependsOn<Load>]", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS302_a_second_parameter_of_a_plain_type() =>
        await Checked.Async("""[JobType("b")] class B { public int Process() => 1; } [JobType("a")] class A { public void Process(string args, int {|OVS302:number|}) { } }""");

    [Fact]
    public async Task OVS302_is_silent_where_the_parameter_can_be_the_args() =>
        await Checked.Async("""[JobType("b")] class B { public int Process() => 1; } [JobType("a")] class A { public void Process(int number) { } }""");

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
    [InlineData("[ResultOf<Load>] string {|OVS304:text|}", "its result is a Rows")]
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
