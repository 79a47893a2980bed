namespace Overseer.Generators.Tests;

public class BindingTests
{
    private const string Types = Sources.Usings + """
        public record Args(int Id);
        public record Rows(string Path);
        public record MoreRows(string Path) : Rows(Path);
        public record Other(string Path);
        [JobType("load")] public class Load { public Rows Process(Args args) => new(""); }
        [JobType("more")] public class More { public MoreRows Process(Args args) => new(""); }
        [JobType("maybe")] public class Maybe { public Rows? Process(Args args) => null; }
        [JobType("number")] public class Number { public int? Process(Args args) => null; }
        [JobType("list")] public class ListIt { public List<string?> Process(Args args) => []; }

        """;

    [Theory]
    [InlineData("[DependsOn<Load>]", "Rows rows")]
    [InlineData("[DependsOn<Load>]", "Rows? rows")]
    [InlineData("[DependsOn<Load>]", "Rows rows, Args args")]
    [InlineData("[DependsOn<Load>]", "JobContext job, Args args, Rows rows, CancellationToken token")]
    [InlineData("[DependsOn<Load>]", "[ResultOf<Load>] object rows")]
    [InlineData("[DependsOn<More>]", "Rows rows")]
    [InlineData("[DependsOn<More>, DependsOn<Load>]", "Rows rows, MoreRows more")]
    [InlineData("[DependsOn<Maybe>]", "Rows? rows")]
    [InlineData("[DependsOn<Number>]", "int? rows")]
    [InlineData("[DependsOn<ListIt>]", "List<string> rows")]
    [InlineData("[DependsOn<ListIt>]", "IEnumerable<string> rows")]
    [InlineData("[DependsOn<ListIt>]", "IReadOnlyCollection<object?> rows")]
    [InlineData("[DependsOn<Load>, DependsOn<Load>]", "Rows rows")]
    [InlineData("[DependsOn<Load>, DependsOn<Maybe>]", "[ResultOf<Load>] Rows rows, [ResultOf<Maybe>] Rows? more")]
    [InlineData("[DependsOn(typeof(Load), typeof(More))]", "Rows rows, MoreRows more, Args args")]
    [InlineData("", "")]
    [InlineData("", "Args? args")]
    [InlineData("", "int args")]
    [InlineData("", "(int Id, string? Name) args")]
    [InlineData("", "Dictionary<string, List<int?>>? args")]
    [InlineData("", "Args args, [FromServices] IFormatProvider format")]
    [InlineData("", "Args args, [FromServices] IServiceProvider services")]
    [InlineData("", "Args args, [FromServices] IFormatProvider? format = null")]
    [InlineData("", "Args @event, [Microsoft.Extensions.DependencyInjection.FromKeyedServices(\"a\")] IFormatProvider @class")]
    [InlineData("", "dynamic args")]
    [InlineData("", "params int[] args")]
    public void These_parameters_are_bound(string attributes, string parameters) =>
        Problems.AreOnly([], Types + $$"""{{attributes}} [JobType("sink")] public class Sink { public void Process({{parameters}}) { } }""");

    [Theory]
    [InlineData("[DependsOn<Load>]", "Args args, Other other", "OVS301 other | Other | Process | what can be taken here is JobContext, CancellationToken, the args (Args, taken by 'args'), the result of Load (Rows) | put its value into the args, depend on a handler that gives it, mark it [FromServices], or take it out")]
    [InlineData("[DependsOn<Maybe>]", "Rows rows", "OVS301 rows | Rows | Process | the result of Maybe may be null, which Rows does not take | make it Rows?")]
    [InlineData("[DependsOn<Number>]", "int rows", "OVS301 rows | int | Process | the result of Number may be null, which int does not take | make it int?")]
    [InlineData("", "Args args, Args more", "OVS301 more | Args | Process | what can be taken here is JobContext, CancellationToken, the args (Args, taken by 'args') | put its value into the args, depend on a handler that gives it, mark it [FromServices], or take it out")]
    [InlineData("", "int? number, Args? args = null", "OVS302 number | int? | Number | is left beside 'args', which takes the args, and could be | , or put its value into the args")]
    [InlineData("", "int? number, string text", "OVS301 text | string | Process | what can be taken here is JobContext, CancellationToken, the args (int?, taken by 'number', though Number gives that type too) | put its value into the args, depend on a handler that gives it, mark it [FromServices], or take it out")]
    [InlineData("", "Args args, int? number = 3", "OVS301 number | int? | Process | what can be taken here is JobContext, CancellationToken, the args (Args, taken by 'args') | its default value is never used, so put the value into the args, mark it [FromServices], or take it out")]
    [InlineData("", "Rows rows", "OVS302 rows | Rows | Load | wants | ")]
    [InlineData("", "Args args, int? number", "OVS302 number | int? | Number | is left beside 'args', which takes the args, and could be | , or put its value into the args")]
    [InlineData("[DependsOn<Load>, DependsOn<Maybe>]", "Rows rows", "OVS303 rows | Rows | Load and Maybe")]
    [InlineData("[DependsOn<Load>, DependsOn<More>]", "object rows", "OVS303 rows | object | Load and More")]
    [InlineData("", "[ResultOf<Load>] Rows rows", "OVS304 rows | Rows | Load | it is no dependency of this handler")]
    [InlineData("[DependsOn<Load>]", "[ResultOf<Load>] MoreRows rows", "OVS304 rows | MoreRows | Load | its result is Rows")]
    public void These_parameters_are_not_bound(string attributes, string parameters, string expected) =>
        Problems.AreOnly([expected], Types + $$"""{{attributes}} [JobType("sink")] public class Sink { public void Process({{parameters}}) { } }""");

    [Fact]
    public void Args_may_look_like_a_result_if_their_type_is_not_from_source() =>
        Problems.AreOnly([], Types + """[JobType("sink")] public class Sink { public void Process(int? number) { } } [JobType("drain")] public class Drain { public void Process(int? number = 3) { } }""");

    [Fact]
    public void Stages_share_one_args_type() =>
        Problems.AreOnly(
            ["OVS301 other | Other | PreProcess | what can be taken here is JobContext, CancellationToken, the args (Args, taken by 'args') | put its value into the args, depend on a handler that gives it, mark it [FromServices], or take it out"],
            Types + """
            [JobType("sink")] public class Sink
            {
                public void PreProcess(Other other) { }
                public void Process(Args args) { }
                public void PostProcess(Args again) { }
            }
            """);

    [Fact]
    public void Args_may_be_null_only_if_every_stage_takes_null()
    {
        var generated = Generated.From(Types + """
            [JobType("sink")] public class Sink { public void PreProcess(Args args) { } public void Process(Args? args) { } }
            """).CompilesCleanly();
        Assert.Contains("attempt.Args<global::Args>()", generated["Sink_JobHandler.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Rows", "Rows result")]
    [InlineData("Rows", "Rows? result")]
    [InlineData("Rows?", "Rows? result")]
    [InlineData("Task<Rows>", "Rows result, Args args")]
    [InlineData("ValueTask<Rows?>", "Rows? result, JobContext job")]
    [InlineData("List<Rows?>", "List<Rows> result")]
    public void PostProcess_takes_the_result(string process, string parameters) =>
        Problems.AreOnly([], Sources.Usings + $$"""
            public record Args(int Id);
            public record Rows(string Path);
            [JobType("sink")] public class Sink
            {
                public {{process}} Process(Args args) => default!;
                public void PostProcess({{parameters}}) { }
            }
            """);

    [Fact]
    public void PostProcess_takes_no_result_that_may_be_null() =>
        Problems.AreOnly(
            ["OVS301 rows | Rows | PostProcess | the result of Process may be null, which Rows does not take | make it Rows?"],
            Types + """
            [JobType("sink")] public class Sink { public Rows? Process(Args args) => null; public void PostProcess(Rows rows) { } }
            """);

    [Fact]
    public void The_result_comes_before_a_dependency_of_the_same_type()
    {
        var generated = Generated.From(Types + """
            [DependsOn<Load>] [JobType("sink")]
            public class Sink { public Rows Process(Rows rows) => rows; public void PostProcess(Rows rows) { } }
            """).CompilesCleanly();
        Assert.Contains("handler.Process(rows)", generated["Sink_JobHandler.g.cs"], StringComparison.Ordinal);
        Assert.Contains("handler.PostProcess(result)", generated["Sink_JobHandler.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_generic_overload_is_not_called() =>
        Problems.AreOnly([], Types + """
            [DependsOn<More>] [JobType("sink")]
            public class Sink { public string Process(Rows rows) => ""; public int Process<T>(T rows) => 1; private int Process(int i) => i; }
            """);

    [Fact]
    public void A_dependency_with_an_error_of_its_own_causes_no_second_one() =>
        Problems.AreOnly(
            ["OVS104 Broken | Process | no | Process is private, and a stage must be accessible to generated code: make it public"],
            Types + """
            [JobType("broken")] public class Broken { private Other Process(Args args) => new(""); }
            [DependsOn<Broken>] [JobType("sink")] public class Sink { public void Process(Args args, Other other) { } }
            """);

    [Fact]
    public void Constructor_parameters_become_services()
    {
        var generated = Generated.From(Types + """
            [JobType("sink")] public class Sink(
                IFormatProvider format,
                IServiceProvider services,
                [Microsoft.Extensions.DependencyInjection.FromKeyedServices("k")] IFormatProvider keyed,
                [Microsoft.Extensions.DependencyInjection.FromKeyedServices(DayOfWeek.Friday)] IFormatProvider day,
                IComparable? comparable = null,
                IComparable certain = null!,
                string text = "a\"b",
                int count = -3,
                double ratio = 1.5,
                DayOfWeek weekday = DayOfWeek.Friday,
                int? maybe = 4,
                TimeSpan span = default,
                char letter = '\'')
            {
                public string Process() => $"{format}{services}{keyed}{day}{comparable}{certain}{text}{count}{ratio}{weekday}{maybe}{span}{letter}";
            }
            """).CompilesCleanly();
        var code = generated["Sink_JobHandler.g.cs"];
        Assert.Contains(
            "new global::Sink(attempt.Service<global::System.IFormatProvider>(), attempt.Job.Services, "
            + "attempt.Service<global::System.IFormatProvider>(\"k\"), attempt.Service<global::System.IFormatProvider>((global::System.DayOfWeek)(5)), "
            + "attempt.OptionalService<global::System.IComparable>(), attempt.OptionalService<global::System.IComparable>()!, "
            + "\"a\\\"b\", -3, 1.5d, (global::System.DayOfWeek)(5), 4, default, '\\'')",
            code,
            StringComparison.Ordinal);
        Assert.Contains("new(typeof(global::System.IFormatProvider), \"k\"),", code, StringComparison.Ordinal);
        Assert.DoesNotContain("typeof(global::System.IComparable)", code, StringComparison.Ordinal);
    }
}
