using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Overseer.Json;
using Xunit;

namespace Overseer.Tests.Json;

/// <summary>Args and results by the metadata of a context instead of reflection.</summary>
public sealed partial class ContextTests
{
    private static readonly PayloadJson Described = PayloadJson.Of(TestJson.Default);

    public enum Level
    {
        Low,
        High,
    }

    public sealed record Inner(string Text, char Letter = 'x');

    public sealed record Outer(int Id, List<Inner> Inners, Dictionary<string, Level> Levels, Inner? Other = null, Uri? Where = null);

    public sealed class Bag
    {
        public List<int> Filled { get; } = [];

        public int field = 1;
    }

    public sealed record Unlisted(int Id);

    public static TheoryData<Outer> Values =>
    [
        new Outer(1, [], []),
        new Outer(2, [new Inner("\"ü\" </script> \u2028 😀\0")], new() { ["ключ"] = Level.High }, new Inner("", '"'), new Uri("http://a/?q=ä")),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_context_and_reflection_write_the_same_text_and_read_it(Outer value)
    {
        var text = Described.SerializeArgs("test", value)!;
        Assert.Equal(PayloadJson.Default.SerializeArgs("test", value), text);
        Assert.Equal(text, Described.SerializeResult("test", PayloadJson.Default.Deserialize<Outer>("test", text), 1000));
        Assert.Equal(text, PayloadJson.Default.SerializeResult("test", Described.Deserialize<Outer>("test", text), 1000));
    }

    [Fact]
    public void A_context_has_the_settings_of_stored_JSON_whatever_its_own_are()
    {
        var bag = new Bag { field = 7 };
        bag.Filled.Add(3);
        var back = Described.Deserialize<Bag>("test", Described.SerializeArgs("test", bag)!);
        Assert.Equal([3], back.Filled);
        Assert.Equal(7, back.field);
        Assert.Throws<UnreadablePayloadException>(() => Described.Deserialize<Outer>("test", """{"Id":1}"""));
        Assert.Throws<UnreadablePayloadException>(() => Described.Deserialize<Outer>("test", """{"Id":1,"Inners":null,"Levels":{}}"""));
        Assert.Throws<ArgumentException>(() => Described.SerializeArgs("test", new Outer(1, null!, [])));
    }

    [Theory]
    [InlineData(@"\ud800")]
    [InlineData(@"a\udc00b")]
    public void A_context_refuses_lone_surrogates_everywhere(string escaped)
    {
        var text = Regex.Unescape(escaped);
        Assert.Throws<ArgumentException>(() => Described.SerializeArgs("test", text));
        Assert.Throws<ArgumentException>(() => Described.SerializeArgs("test", text[^1] == 'b' ? text[1] : text[0]));
        Assert.Throws<ArgumentException>(() => Described.SerializeArgs("test", new Outer(1, [new Inner(text)], [])));
        Assert.Throws<ArgumentException>(() => Described.SerializeArgs("test", new Outer(1, [], new() { [text] = Level.Low })));
        Assert.Throws<ArgumentException>(() => Described.SerializeArgs("test", new Outer(1, [], [], new Inner("", text[^1] == 'b' ? text[1] : text[0]))));
    }

    [Fact]
    public void What_is_one_value_needs_no_context()
    {
        foreach (var json in new[] { Described, PayloadJson.WithoutReflection() })
        {
            Assert.Equal("1.50", json.SerializeArgs("test", 1.50m));
            Assert.Equal("null", json.SerializeArgs("test", (DateOnly?)null));
            Assert.Equal("\"AQ==\"", json.SerializeArgs("test", new byte[] { 1 }));
            Assert.Equal("ü", json.Deserialize<string>("test", json.SerializeArgs("test", "ü")!));
            Assert.All(BuiltInJson.Types, type => Assert.Null(json.FindProblem(type)));
        }
    }

    [Fact]
    public void A_type_that_the_context_lacks_is_named_with_the_remedy()
    {
        var error = Assert.ThrowsAny<InvalidOperationException>(() => Described.SerializeArgs("test", new Unlisted(1)));
        Assert.Contains("Unlisted cannot be stored as JSON: Overseer.Tests.Json.ContextTests+TestJson, which [assembly: JobJson] names, does not describe it. Add [JsonSerializable(typeof(Unlisted))]", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<InvalidOperationException>(() => Described.Deserialize<Unlisted>("test", "{}"));
        Assert.Contains("JobJson", Assert.Throws<ResultRejectedException>(() => Described.SerializeResult("test", new Unlisted(1), 100)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_reflection_and_context_the_link_is_asked_for()
    {
        var error = Assert.ThrowsAny<InvalidOperationException>(() => PayloadJson.WithoutReflection().SerializeArgs("test", new Unlisted(1)));
        Assert.Contains("reflection is switched off", error.Message, StringComparison.Ordinal);
        Assert.Contains("[assembly: JobJson(typeof(TheContext))]", error.Message, StringComparison.Ordinal);
        Assert.Contains("JobTypes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_brings_its_metadata_to_every_way_of_making_jobs()
    {
        var token = new JobType<Unlisted, int>("unlisted", Described);
        Assert.ThrowsAny<InvalidOperationException>(() => Job.Create(token, new Unlisted(1)));
        Assert.ThrowsAny<InvalidOperationException>(() => new JobGraphBuilder("G").Add(token, new Unlisted(1)));
        var args = new Outer(1, [], []);
        var builder = new JobGraphBuilder("G");
        var one = builder.Add(new JobType<Outer>("one", Described), args);
        var two = builder.Add(new JobType<Outer>("two"), args);
        Assert.Equal(one.Args, two.Args);
        Assert.NotSame(one.Args, two.Args);
        Assert.Same(two.Args, builder.Add(new JobType<Outer>("three"), args).Args);
    }

    [Fact]
    public async Task A_worker_does_not_start_with_types_that_no_context_describes()
    {
        JobHandlerMap handlers = new(new DescribedHandler<Unlisted, Inner>("one"), new DescribedHandler<int, Unlisted>("two"), new DescribedHandler<Outer, string>("three"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            OverseerWorker.StartAsync(new InMemoryJobStore(), handlers, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("Unlisted cannot be stored", error.Message, StringComparison.Ordinal);
        Assert.Contains("Needed by Test.one, Test.two.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("three", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Args_that_a_handler_cannot_read_are_a_problem_of_the_graph()
    {
        JobHandlerMap handlers = new(new DescribedHandler<Unlisted, Unit>("one"));
        var error = Assert.Throws<JobGraphException>(() => handlers.Validate(JobGraph.Of(Job.FromJson("one", """{"Id":1}"""))));
        Assert.Contains("does not describe it", Assert.Single(error.Problems).Message, StringComparison.Ordinal);
    }

    [JsonSerializable(typeof(Outer))]
    [JsonSerializable(typeof(Bag))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    private sealed partial class TestJson : JsonSerializerContext;

    private sealed class DescribedHandler<TArgs, TResult>(string type) : JobHandler<TArgs, TResult>(type, $"Test.{type}", Described)
    {
        protected internal override JobStages<TResult> Open(JobAttempt attempt) => throw new NotSupportedException();
    }
}
