using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Tests.Graphs;

public sealed class GraphCheckTests
{
    private static readonly JobHandlerMap Handlers = new JobHandlerMap()
        .With("a", (_, _) => Task.CompletedTask)
        .With("b", (_, _) => Task.CompletedTask)
        .With<Numbers, int>("sum", (_, args, _) => Task.FromResult(args.Values.Sum()))
        .With<Unit, Unit>("print", (_, _, _) => Task.FromResult(Unit.Value), new BoundDependency("sum", typeof(int)));

    public sealed record Numbers(int[] Values);

    private static readonly string[] AB = ["a", "b"];

    [Fact]
    public void A_sound_graph_has_no_problems() =>
        Handlers.Validate(JobGraph.FromTypes(new Dictionary<string, string[]> { ["sum"] = [], ["print"] = ["sum"], ["a"] = ["print"] }, new Numbers([1])));

    [Fact]
    public void A_cycle_is_named_with_its_path()
    {
        var problem = ProblemOf(JobGraph.FromTypes(new Dictionary<string, string[]> { ["a"] = ["b"], ["b"] = ["a"] }));
        Assert.Equal(GraphProblemKind.Cycle, problem.Kind);
        Assert.Contains("a → b → a", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_depends_on_itself_is_a_cycle() =>
        Assert.Contains("a → a", ProblemOf(JobGraph.FromTypes(new Dictionary<string, string[]> { ["a"] = ["a"] })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_cycle_behind_a_long_tail_is_found_without_the_tail()
    {
        var builder = new JobGraphBuilder("Tail");
        var tail = builder.Add(new Job("a"));
        for (var i = 0; i < 3; i++) tail = builder.Add(new Job("a"), tail);
        var first = builder.Add(new Job("b"), tail);
        var second = builder.Add(new Job("b"), first);
        builder.DependsOn(first, second);
        Assert.Contains("other: b → b → b.", ProblemOf(builder.Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_jobs_is_checked_without_recursion()
    {
        var builder = new JobGraphBuilder("Chain");
        var last = builder.Add(new Job("a"));
        for (var i = 1; i < 100_000; i++) last = builder.Add(new Job("a"), last);
        Handlers.Validate(builder.Build());
    }

    [Fact]
    public void An_unknown_type_is_named_with_the_nearest_one_known()
    {
        var problem = ProblemOf(JobGraph.Of(new Job("prin")));
        Assert.Equal(GraphProblemKind.UnknownType, problem.Kind);
        Assert.Contains("'prin'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'print'?", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bound_dependency_must_be_there_once()
    {
        Assert.Equal(GraphProblemKind.MissingDependency, ProblemOf(JobGraph.Of(new Job("print"))).Kind);

        var builder = new JobGraphBuilder("Twice");
        var one = builder.Add(Job.Create("sum", new Numbers([1])));
        var two = builder.Add(Job.Create("sum", new Numbers([2])));
        builder.Add(new Job("print"), one, two);
        Assert.Contains("2 jobs of type 'sum'", ProblemOf(builder.Build()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "has no args")]
    [InlineData("""{"values":1}""", "are not what its handler")]
    [InlineData("{", "are no JSON that can be kept")]
    [InlineData("", "are no JSON that can be kept")]
    [InlineData("""{"Values":[1],"Values":[2]}""", "are no JSON that can be kept: Duplicate property '…'")]
    [InlineData("""{"Values":[1],"More":"\ud800"}""", "an escape in it stands for a lone surrogate")]
    [InlineData("{}", "are not what its handler")]
    [InlineData("""{"Values":null}""", "are not what its handler")]
    public void Args_that_do_not_fit_are_refused(string? json, string said)
    {
        var problem = ProblemOf(JobGraph.Of(Job.FromJson("sum", json)));
        Assert.Equal(GraphProblemKind.ArgsDoNotFit, problem.Kind);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "are no JSON that can be kept")]
    [InlineData(@"'x\ud800y'", "a lone surrogate (U+D800) at position 2")]
    [InlineData(@"'\\ud800'", "an escape in it stands for a lone surrogate")]
    [InlineData(@"{'\\udc00':1}", "an escape in it stands for a lone surrogate")]
    [InlineData("{'a':{'b':1,'b':1}}", "Duplicate property '…'")]
    public void Args_that_no_handler_reads_are_JSON_all_the_same(string json, string said)
    {
        var problem = ProblemOf(JobGraph.Of(Job.FromJson("a", Regex.Unescape(json).Replace('\'', '"'))));
        Assert.Equal(GraphProblemKind.ArgsDoNotFit, problem.Kind);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\\ud83d\\ude00 \\u0000\"")]
    [InlineData("\"\ufffd\"")]
    public void Escapes_that_stand_for_whole_characters_are_kept(string json) => Handlers.Validate(JobGraph.Of(Job.FromJson("a", json)));

    [Fact]
    public void Null_is_refused_where_a_handler_takes_a_value()
    {
        var handlers = new JobHandlerMap(new ConsumingHandler("strict"), new ConsumingHandler("loose") { TakesNull = true });
        handlers.Validate(JobGraph.Of(Job.FromJson("loose", "null"), Job.Create("loose", (string?)null), Job.Create("strict", "")));
        var error = Assert.Throws<JobGraphException>(() => handlers.Validate(JobGraph.Of(Job.FromJson("strict", "null"), Job.Create("strict", (string?)null))));
        Assert.Equal(2, error.Problems.Count);
        Assert.Contains("The args of job 'strict' are null, and its handler Consuming takes System.String", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Args_that_can_be_written_and_not_read_are_refused()
    {
        var handlers = new JobHandlerMap().With<OneWay, int>("one-way", (_, _, _) => Task.FromResult(1));
        var error = Assert.Throws<JobGraphException>(() => handlers.Validate(JobGraph.Of(Job.Create("one-way", OneWay.Make()))));
        Assert.Contains("are not what its handler the delegate of 'one-way' takes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_null_in_a_graph_is_named()
    {
        Assert.Equal("type", Assert.Throws<ArgumentNullException>(() => new Job(null!)).ParamName);
        Assert.Contains("Job 1 of graph 'Simple' is null", Assert.Throws<ArgumentException>(() => JobGraph.Of(new Job("a"), null!)).Message, StringComparison.Ordinal);
        var lacking = new Dictionary<string, string[]> { ["a"] = null! };
        Assert.Contains("The dependencies of 'a' in graph 'Types' are null", Assert.Throws<ArgumentException>(() => JobGraph.FromTypes(lacking)).Message, StringComparison.Ordinal);
        lacking["a"] = ["b", null!];
        Assert.Contains("hold a null", Assert.Throws<ArgumentException>(() => JobGraph.FromTypes(lacking)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new JobGraphBuilder("A").Add((Job)null!));
    }

    [Fact]
    public void Two_delegates_of_one_type_are_a_conflict()
    {
        var one = new JobHandlerMap().With("a", (_, _) => Task.CompletedTask);
        Assert.Same(Assert.Single(one.Handlers), Assert.Single(JobHandlerMap.Combine(one, one).Handlers));
        var error = Assert.Throws<InvalidOperationException>(() => JobHandlerMap.Combine(one, new JobHandlerMap().With("a", (_, _) => Task.CompletedTask)));
        Assert.Contains("has the delegate of 'a' twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Args_of_another_type_that_read_as_the_right_one_fit() =>
        Handlers.Validate(JobGraph.Of(Job.Create("sum", new { Values = new[] { 1L, 2L } })));

    [Fact]
    public void Args_over_the_limit_are_refused_with_their_size()
    {
        var graph = JobGraph.Of(Job.Create("a", new string('x', 2000)));
        var error = Assert.Throws<JobGraphException>(() => Handlers.Validate(graph, 2001));
        Assert.Equal(GraphProblemKind.ArgsTooLarge, Assert.Single(error.Problems).Kind);
        Assert.Contains("2,002 bytes", error.Message, StringComparison.Ordinal);
        Handlers.Validate(graph, 2002);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_number_of_tries_that_no_job_can_have_is_refused(int attempts)
    {
        var problem = ProblemOf(JobGraph.Of(new Job("a") { MaxAttempts = attempts }));
        Assert.Equal(GraphProblemKind.BadMaxAttempts, problem.Kind);
        Assert.Equal($"Job 'a' has {attempts} as its MaxAttempts; it must be between 1 and 1000. Set it to the number of tries that the job shall have.", problem.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void Any_other_number_of_tries_is_taken(int attempts) => Handlers.Validate(JobGraph.Of(new Job("a") { MaxAttempts = attempts }));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\0")]
    public void A_bad_type_name_is_refused(string type) => Assert.Equal(GraphProblemKind.BadName, ProblemOf(JobGraph.Of(new Job(type))).Kind);

    [Theory]
    [InlineData("17-3")]
    [InlineData("tab\tbed")]
    [InlineData(@"\ud800")]
    public void A_bad_job_id_is_refused(string id) => Assert.Equal(GraphProblemKind.BadName, ProblemOf(JobGraph.Of(Job.FromJson("a", null, Regex.Unescape(id)))).Kind);

    [Fact]
    public void An_id_that_is_used_twice_is_refused() =>
        Assert.Equal(GraphProblemKind.DuplicateId, ProblemOf(JobGraph.Of(Job.FromJson("a", null, "x"), Job.FromJson("b", null, "x"))).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("a\u0001")]
    public void A_bad_run_key_is_refused(string key) => Assert.Equal(GraphProblemKind.BadName, ProblemOf(JobGraph.Of([new Job("a")], key)).Kind);

    [Fact]
    public void An_empty_graph_is_refused() => Assert.Equal(GraphProblemKind.Empty, ProblemOf(JobGraph.Of()).Kind);

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var graph = JobGraph.FromTypes(new Dictionary<string, string[]> { ["a"] = AB, ["b"] = ["a"], ["nobody"] = [], ["print"] = [], ["sum"] = [] }, key: "");
        var error = Assert.Throws<JobGraphException>(() => Handlers.Validate(graph));
        Assert.Equal(
            [GraphProblemKind.BadName, GraphProblemKind.UnknownType, GraphProblemKind.ArgsDoNotFit, GraphProblemKind.MissingDependency, GraphProblemKind.Cycle],
            error.Problems.Select(problem => problem.Kind));
        Assert.All(error.Problems, problem => Assert.Contains(problem.Message, error.Message, StringComparison.Ordinal));
    }

    public sealed class OneWay
    {
        private OneWay() => Value = 1;

        public int Value { get; }

        public static OneWay Make() => new();
    }

    private sealed class ConsumingHandler(string type) : JobHandler<string, Unit>(type, "Consuming")
    {
        protected internal override JobStages<Unit> Open(JobAttempt attempt) => throw new NotSupportedException();
    }

    private static GraphProblem ProblemOf(JobGraph graph) =>
        Assert.Single(Assert.Throws<JobGraphException>(() => Handlers.Validate(graph)).Problems);
}
