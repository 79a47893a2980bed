using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS305: what is stored must come back from JSON. The kinds of types are held against System.Text.Json itself in <see cref="RoundTrips.JsonRoundTripTests"/>.</summary>
public sealed class JsonShapeTests
{
    [Theory]
    [InlineData("Stream", "it is a stream")]
    [InlineData("Action<int>", "it is a delegate")]
    [InlineData("nint", "it is an address")]
    [InlineData("int[,]", "several dimensions")]
    [InlineData("List<Type>", "an element of it is reflection data")]
    [InlineData("Dictionary<string, List<IntPtr>>", "an element of an element of it is an address")]
    [InlineData("IDisposable", "it is an interface, and no [JsonDerivedType]")]
    [InlineData("IComparer<int>", "it is an interface")]
    [InlineData("IAsyncEnumerable<int>", "it is an asynchronous sequence")]
    [InlineData("Stack<int>", "comes back in reverse order")]
    [InlineData("Dictionary<(int, int), int>", "keys of type (int, int)")]
    [InlineData("(int Id, Task Work)", "Item2 is a task")]
    [InlineData("Range", "of which nothing that is written is read back")]
    public async Task OVS305_args_that_cannot_be_stored(string type, string why)
    {
        var messages = await Checked.Async($$"""[JobType("a")] class A { public void Process({{type}} {|OVS305:args|}) { } }""");
        Assert.Contains(why, messages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stream", "Stream")]
    [InlineData("Task<Func<int>>", "Task<Func<int>>")]
    [InlineData("ValueTask<IDisposable?>", "ValueTask<IDisposable?>")]
    public async Task OVS305_a_result_that_cannot_be_stored(string type, string marked) =>
        await Checked.Async($$"""[JobType("a")] class A { public {|OVS305:{{marked}}|} Process() => throw new Exception(); }""".Replace(marked, type, StringComparison.Ordinal));

    [Theory]
    [InlineData("class Args { public Action? Done; }", "Args.Done is a delegate")]
    [InlineData("class Args { public List<Inner> Inners { get; set; } = []; } record Inner(Stream Content);", "Inner.Content is a stream")]
    [InlineData("class Args : Base { } class Base { public Type? Of { get; set; } }", "Args.Of is reflection data")]
    [InlineData("unsafe class Args { public int* At { get; set; } }", "Args.At is a pointer")]
    [InlineData("class Args { public ReadOnlySpan<char> Text => \"\"; }", "Args.Text is a ref struct (ReadOnlySpan<char>)")]
    [InlineData("class Args { public IFace Face => new Face(); } interface IFace; class Face : IFace;", "Args.Face is an interface, and no [JsonDerivedType] says which class may stand there")]
    [InlineData("class Args { public Base Inner { get; } = new Derived(); } abstract class Base; class Derived : Base;", "Args.Inner is abstract, and no [JsonDerivedType] says which class may stand there")]
    [InlineData("abstract class Args;", "it is abstract, and no [JsonDerivedType]")]
    [InlineData("class Args { public int X { get; private set; } }", "Args.X is written but not read back")]
    [InlineData("record Args(string Name) { public List<int> Rows { get; } = []; }", "Args.Rows is written but not read back: without a setter")]
    [InlineData("class Args(int y) { public int X { get; } = y; }", "whose parameter 'y' has no public property or field")]
    [InlineData("class Args { private Args() { } }", "it has no constructor that System.Text.Json would call")]
    [InlineData("class Args { public List<int> Rows { get; set; } = [1]; }", "Args.Rows has elements when it is made")]
    [InlineData("class Args : List<int> { public int Page { get; set; } }", "only the elements are stored and not Page")]
    [InlineData("record Args([property: System.Text.Json.Serialization.JsonIgnore] int X);", "needs X, which [JsonIgnore] may leave out")]
    [InlineData("class Args { [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] public int B { get; set; } = 9; }", "Args.B is left out by [JsonIgnore] when it is the default of its type, and then comes back as the value that a new Args has")]
    [InlineData("record Args([property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? N = \"d\");", "Args.N is left out by [JsonIgnore] when it is null, and then comes back")]
    [InlineData("partial class Args { public int X { get; set; } } partial class Args { public TextReader? Reader { get; set; } }", "Args.Reader is a reader")]
    public async Task OVS305_a_member_that_cannot_be_stored(string declaration, string why)
    {
        var messages = await Checked.Async($$"""{{declaration}} [JobType("a")] class A { public void Process(Args {|OVS305:args|}) { } }""");
        Assert.Contains($"Args cannot be stored as JSON: ", messages[0], StringComparison.Ordinal);
        Assert.Contains(why, messages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int")]
    [InlineData("string?")]
    [InlineData("Guid?")]
    [InlineData("object")]
    [InlineData("dynamic")]
    [InlineData("IEnumerable<string>")]
    [InlineData("IReadOnlyDictionary<Guid, IReadOnlyList<DateOnly>>")]
    [InlineData("System.Collections.Immutable.ImmutableArray<(int Id, string Name)>")]
    [InlineData("Dictionary<DayOfWeek, int[][]>")]
    [InlineData("System.Text.Json.Nodes.JsonObject")]
    [InlineData("ReadOnlyMemory<byte>")]
    [InlineData("(int, (string, decimal)?)")]
    public async Task OVS305_is_silent_for_what_is_data(string type) =>
        await Checked.Async($$"""[JobType("a")] class A { public void Process({{type}} args) { } } [JobType("b")] class B { public List<{{type}}> Process() => []; }""");

    [Theory]
    [InlineData("sealed record Args(int OrgId, DateOnly Day);")]
    [InlineData("readonly record struct Args(int X);")]
    [InlineData("class Args { public required string Name { get; init; } public int? X; public int Double => 2 * X ?? 0; public string Kind { get; } = \"a\"; }")]
    [InlineData("record Args(int Value, List<Args> Below);")]
    [InlineData("class Args { [System.Text.Json.Serialization.JsonIgnore] public Action? Done { get; set; } private readonly Stream stream = Stream.Null; public static Action Nothing = () => { }; public Stream Open() => stream; }")]
    [InlineData("[System.Text.Json.Serialization.JsonDerivedType(typeof(One), \"one\")] abstract record Args; record One(int X) : Args;")]
    [InlineData("[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Args>))] enum Args { One }")]
    [InlineData("[System.Text.Json.Serialization.JsonConverter(typeof(Its))] class Args { private Args() { } } abstract class Its : System.Text.Json.Serialization.JsonConverter<Args>;")]
    [InlineData("class Args { public Args() { } [System.Text.Json.Serialization.JsonConstructor] public Args(int x) => X = x; public int X { get; } }")]
    [InlineData("class Args { public List<int> Rows { get; } = []; public IDictionary<string, int> Pairs { get; } = new Dictionary<string, int>(); public int[] Numbers { get; set; } = [1]; }")]
    [InlineData("class Args<T> { public T? Value { get; set; } public Args<T>? Next { get; set; } } class Args : Args<int>;")]
    [InlineData("class Args<T> { public List<List<List<List<List<List<T>>>>>>? Value { get; set; } public Args<T>? Next { get; set; } } class Args : Args<Dictionary<string, (int, int?[])>>;")]
    [InlineData("partial class Args { public int X { get; set; } } partial class Args { public DateTime At { get; set; } public Uri? Where { get; set; } }")]
    [InlineData("class Args { public virtual int X { get; set; } protected Action? Done { get; set; } internal Stream? Content; public event Action? Ended; void End() => Ended?.Invoke(); }")]
    [InlineData("class Args : List<int> { public bool IsLong => Count > 9; }")]
    [InlineData("record Args(int X) { public Args() : this(0) { } } ")]
    public async Task OVS305_is_silent_for_what_System_Text_Json_gives_back(string declaration) =>
        await Checked.Async($$"""{{declaration}} [JobType("a")] class A { public void Process(Args args) { } } [JobType("b")] class B { public Task<Args[]?> Process() => throw new Exception(); }""");

    [Theory]
    [InlineData("record Args<T>(T Value, Args<List<T>>? Next);")]
    [InlineData("record Args<T>(T Value, Args<T[]>? Next);")]
    [InlineData("record Args<T>(Args<Dictionary<T, T>>? Next);")]
    [InlineData("record Args<T>(T Value, Args<(T, T, T, T)>? Next, Args<List<T>>? Other);")]
    [InlineData("class Outer<T> { public record Inner(T Value, Outer<List<T>>.Inner? Next); } record Args<T>(Outer<T>.Inner Value);")]
    public async Task OVS305_a_generic_type_that_never_ends(string declaration)
    {
        var messages = await Checked.Async($$"""{{declaration}} [JobType("a")] class A { public void Process(Args<int> {|OVS305:args|}) { } }""");
        Assert.Contains("an ever larger form of itself", messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS305_is_silent_for_what_is_not_stored() =>
        await Checked.Async("""
            class Content : IDisposable { public void Dispose() { } }
            class Open : IJobHarness<Stream> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<Stream, T> stage) => stage(job, Stream.Null); }
            [JobType("a")] [Harness<Open>] class A(Func<int> number) { public void Process(Stream stream, [FromServices] Action<int> service, JobContext job, CancellationToken cancellationToken) => service(number()); }
            """);

    [Fact]
    public async Task OVS305_says_one_type_once_where_it_is_stored_first() =>
        await Checked.Async("""
            record Args(Action Done);
            namespace M { [JobType("a")] class A { public void PreProcess(Args args) { } public void Process(Args {|OVS305:args|}) { } } }
            namespace N { [JobType("b")] class B { public void Process(Args args) { } } }
            """);

    [Fact]
    public async Task OVS305_can_be_suppressed_where_it_stands() =>
        await Checked.Async("""
            #pragma warning disable OVS305
            [JobType("a")] class A { public void Process(Stream args) { } }
            #pragma warning restore OVS305
            """);

    [Fact]
    public async Task OVS305_sees_types_of_another_assembly() =>
        await Checked.Async(
            ["""[JobType("a")] class A { public void Process(Lib.Args args) { } } [JobType("b")] class B { public {|OVS305:Lib.Bad|} Process() => new(1); }"""],
            [Checked.Library("Lib", """namespace Lib { public record Args(int X, List<Inner> More); public record Inner(string Name); public class Bad(int y) { public int X { get; } = y; } }""")]);
}
