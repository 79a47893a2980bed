using Xunit;

namespace Overseer.Analyzers.Tests.Locks;

/// <summary>OVS602: what is stored can be read by the types of now. What each verdict says is held against System.Text.Json by <see cref="ReadBackTests"/>.</summary>
public sealed class UnreadableTests
{
    private const string Handler = " [JobType(\"a\")] class A { public void Process(Args args) { } }";

    [Theory]
    [InlineData("record Args(int A);", "record Args(int A, string {|OVS602:B|});", "Args.B is new and required, so that what is stored lacks it; give it a default")]
    [InlineData("record Args(int A);", "record Args(int A) { public required string {|OVS602:B|} { get; init; } }", "Args.B is new and required, so that what is stored lacks it; give it a default")]
    [InlineData("record Args(int A, int? B = null);", "record Args(int A, int? {|OVS602:B|});", "Args.B was optional, so that what is stored may lack it, and is required now; give it a default")]
    [InlineData("class Args { public int A { get; set; } }", "record Args(int {|OVS602:A|});", "Args.A was optional, so that what is stored may lack it, and is required now; give it a default")]
    [InlineData("record Args(int? A);", "record Args(int {|OVS602:A|});", "Args.A may be stored as null, and is never null now; let it be null")]
    [InlineData("record Args(string? A);", "record Args(string {|OVS602:A|});", "Args.A may be stored as null, and is never null now; let it be null")]
    [InlineData("record Args(int A);", "record Args(int {|OVS602:B|});", "Args.B is new and required, so that what is stored lacks it; say [WasNamed(\"A\")] if it is what was A, else give it a default")]
    [InlineData("record Args(int A);", "record Args(int {|OVS602:B|} = 0);", "Args.B is new where A is gone, so that what is stored as A would be lost; say [WasNamed(\"A\")] if it is the same, else take A away first, update overseer.lock.json, and then add this one")]
    [InlineData("class Args { public int A { get; set; } }", "class Args { public int {|OVS602:B|} { get; set; } }", "Args.B is new where A is gone")]
    [InlineData("record Args(int A);", "record Args(string {|OVS602:A|});", "Args.A is stored as int, and is string now; give it its old type back, and the new one another name")]
    [InlineData("record Args(long A);", "record Args(int {|OVS602:A|});", "Args.A is stored as long, and is int now")]
    [InlineData("record Args(long A);", "record Args(double {|OVS602:A|});", "Args.A is stored as long, and is double now")]
    [InlineData("record Args(int A);", "record Args([property: System.Text.Json.Serialization.JsonPropertyName(\"x\")] int {|OVS602:A|});", "Args.x is new and required, so that what is stored lacks it; say [WasNamed(\"A\")] if it is what was A, else give it a default")]
    [InlineData("record Args(E A); enum E { X, Y }", "record Args(E A); enum {|OVS602:E|} { X }", "E.Y may be stored, and is gone; keep it; another name may have the same value")]
    [InlineData("record Args(E A); enum E { X, Y }", "record Args(E A); enum E { {|OVS602:X|} = 1, Y = 2 }", "E.X is stored as 0, and is 1 now; let it be 0", "E.Y")]
    [InlineData("record Args([property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double A);", "record Args(double {|OVS602:A|});", "Args.A is stored as text<double:4>, and is double now")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] record Args(int A);", "[JsonNumberHandling(JsonNumberHandling.WriteAsString)] record Args(int {|OVS602:A|});", "Args.A is stored as text<int:3>, and is text<int:2> now")]
    [InlineData("class Args { public string? A { get; set; } }", "class Args { [System.Diagnostics.CodeAnalysis.DisallowNull] public string? {|OVS602:A|} { get; set; } }", "Args.A may be stored as null, and is never null now")]
    [InlineData("class Args { public int A { get; set; } [JsonExtensionData] public Dictionary<string, object>? More { get; set; } }", "class {|OVS602:Args|} { public int A { get; set; } }", "Args keeps members that it does not know where it is stored, and would lose them; keep the [JsonExtensionData] member")]
    [InlineData("record Args(E A); enum E : long { X }", "record Args(E A); enum {|OVS602:E|} { X }", "E has values of type long where it is stored, and of type int now; let it be of type long")]
    [InlineData("record Args(object? A);", "record Args(object {|OVS602:A|});", "Args.A may be stored as null, and is never null now")]
    [InlineData("record Args(string? A);", "record Args(object {|OVS602:A|});", "Args.A may be stored as null, and is never null now")]
    [InlineData("record Args(ReadOnlyMemory<byte> A);", "record Args(List<byte> {|OVS602:A|});", "Args.A is stored as base64, and is byte[] now")]
    [InlineData("record Args(int Old, int New);", "record Args([WasNamed(\"Old\")] int {|OVS602:New|});", "Args.New is said to have been Old, which is stored beside New and would be lost; keep it as a member of its own")]
    [InlineData("record Args(Box<string?> A, Box<string> B); record Box<T>(T V);", "record Args(Box<string> A, Box<string> B); record Box<T>(T {|OVS602:V|});", "Box<string>.V may be stored as null, and is never null now")]
    [InlineData("record Args(E A); [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<E>))] enum E { X }", "record Args(E {|OVS602:A|}); enum E { X }", "Args.A is stored as text<E>, and is E now")]
    [InlineData("record Args(In A); record In(int B);", "record Args(In A); record In(int B, int {|OVS602:C|});", "In.C is new and required")]
    [InlineData("record Args(List<In> A); record In(int B);", "record Args(List<In> A); record In(string {|OVS602:B|});", "In.B is stored as int, and is string now")]
    [InlineData("record Args([property: System.Text.Json.Serialization.JsonConverter(typeof(One))] int A); class One : System.Text.Json.Serialization.JsonConverter<int> { public override int Read(ref System.Text.Json.Utf8JsonReader r, Type t, System.Text.Json.JsonSerializerOptions o) => 0; public override void Write(System.Text.Json.Utf8JsonWriter w, int v, System.Text.Json.JsonSerializerOptions o) { } }", "record Args([property: System.Text.Json.Serialization.JsonConverter(typeof(Two))] int {|OVS602:A|}); class Two : System.Text.Json.Serialization.JsonConverter<int> { public override int Read(ref System.Text.Json.Utf8JsonReader r, Type t, System.Text.Json.JsonSerializerOptions o) => 0; public override void Write(System.Text.Json.Utf8JsonWriter w, int v, System.Text.Json.JsonSerializerOptions o) { } }", "Args.A is written by One where it is stored, and by Two now; keep that converter; if both write the same, say so by its new name in overseer.lock.json")]
    [InlineData("record Args(List<int> A);", "record Args(HashSet<int> {|OVS602:A|});", "Args.A is stored as int[], and is set<int> now")]
    [InlineData("record Args(Dictionary<string, int> A);", "record Args(Dictionary<Guid, int> {|OVS602:A|});", "a key of Args.A is stored as string, and is Guid now")]
    [InlineData("record Args([property: WasNamed(\"Old\")] int A);", "record Args(int {|OVS602:A|});", "Args.A may be stored as Old, and is not read from there now; say [WasNamed(\"Old\")]")]
    [InlineData("record Args(int A, int B);", "[System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow)] record {|OVS602:Args|}(int A);", "Args refuses what it does not know, and is stored with B")]
    public async Task OVS602_a_change_that_stored_args_do_not_survive(string before, string after, string message, string? also = null)
    {
        if (also is not null) after = after.Replace("Y = 2", "{|OVS602:Y|} = 2", StringComparison.Ordinal);
        var messages = await Checked.ChangedAsync(Spell(before) + Handler, Spell(after) + Handler);
        Assert.StartsWith(message, messages[0], StringComparison.Ordinal);
        Assert.Equal(also is null ? 1 : 2, messages.Count);
    }

    [Theory]
    [InlineData("[JsonDerivedType(typeof(One), \"one\"), JsonDerivedType(typeof(Two), \"two\")]", "[JsonDerivedType(typeof(One), \"one\")]", "Args may be stored as \"two\", which is no derived type of it now; keep that [JsonDerivedType]")]
    [InlineData("[JsonDerivedType(typeof(One), \"one\")]", "[JsonDerivedType(typeof(One), \"uno\")]", "Args may be stored as \"one\"")]
    [InlineData("[JsonDerivedType(typeof(One), 1)]", "[JsonDerivedType(typeof(One), \"1\")]", "Args may be stored as \"#1\"")]
    [InlineData("[JsonDerivedType(typeof(One), \"one\")]", "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(One), \"one\")]", "Args is told apart from its derived types by \"$type\" where it is stored, and by \"kind\" now; say [JsonPolymorphic(TypeDiscriminatorPropertyName = \"$type\")]")]
    public async Task OVS602_a_derived_type_that_is_no_longer_known(string before, string after, string message)
    {
        const string Types = " class One : Args { } class Two : Args { } ";
        var messages = await Checked.ChangedAsync(
            Json(before) + " class Args { }" + Types + Handler, Json(after) + " class {|OVS602:Args|} { }" + Types + Handler);
        Assert.StartsWith(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS602_args_where_there_were_none()
    {
        var message = Assert.Single(await Checked.ChangedAsync("""[JobType("a")] class A { public void Process() { } }""", """[JobType("a")] class A { public void Process(string? {|OVS602:args|}) { } }"""));
        Assert.Equal("A takes args now, and stored jobs of its type have none; give it a job type of its own, and keep a handler without args with Retired = true", message);
    }

    [Theory]
    [InlineData("string Process(int {|OVS602:args|}) => \"\"", "The args of 'a' is stored as string, and is int now")]
    [InlineData("{|OVS602:int|} Process(string args) => 1", "The result of 'a' is stored as string, and is int now")]
    [InlineData("Task<{|OVS602:int|}> Process(string args) => null!", "")]
    public async Task OVS602_args_or_a_result_of_another_type(string after, string message)
    {
        if (message.Length == 0) after = "{|OVS602:Task<int>|} Process(string args) => null!";
        var messages = await Checked.ChangedAsync("""[JobType("a")] class A { public string Process(string args) => ""; }""", $$"""[JobType("a")] class A { public {{after}}; }""");
        Assert.StartsWith(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS602_a_type_without_source_is_told_of_where_it_is_taken()
    {
        const string App = """[JobType("a")] class A { public void Process(Args args) { } }""";
        var locked = new LockText(Checked.Lock([App], Checked.Library("Lib", "public record Args(int A);")));
        var message = Assert.Single(await Checked.LockedAsync([locked], [App.Replace("Args args", "Args {|OVS602:args|}", StringComparison.Ordinal)], [Checked.Library("Lib", "public record Args(string A);")]));
        Assert.StartsWith("Args.A is stored as int, and is string now", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OVS602_a_type_is_told_of_once_however_many_jobs_store_it()
    {
        const string Jobs = " [JobType(\"b\")] class B { public List<Args> Process(Args args) => []; } [JobType(\"c\"), DependsOn<B>] class C { public Args[] Process(List<Args> all) => []; }";
        await Checked.ChangedAsync("record Args(int A, Args? Next);" + Handler + Jobs, "record Args(int A, Args? Next, int {|OVS602:B|});" + Handler + Jobs);
    }

    [Theory]
    [InlineData("PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase", false)]
    [InlineData("WriteIndented = true", false)]
    public async Task OVS602_is_silent_for_settings_of_the_context_that_stored_text_does_not_have(string setting, bool isTold)
    {
        var before = """
            [assembly: JobJson(typeof(Context))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Args))]
            [System.Text.Json.Serialization.JsonSourceGenerationOptions(IncludeFields = true, PreferredObjectCreationHandling = System.Text.Json.Serialization.JsonObjectCreationHandling.Populate, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
            partial class Context : System.Text.Json.Serialization.JsonSerializerContext { }
            record Args(int A);
            """ + Handler;
        await Checked.ChangedAsync(before, before.Replace("IncludeFields = true", "IncludeFields = true, " + setting, StringComparison.Ordinal), isTold ? ["OVS603"] : []);
    }

    [Fact]
    public async Task OVS602_args_of_a_handler_that_went_to_a_library()
    {
        const string App = "[JobType(\"b\"), DependsOn<A>] class B { public void Process() { } }";
        var locked = new LockText(Checked.Lock(["[JobType(\"a\")] public class A { public void Process(int args) { } }" + App]));
        var message = Assert.Single(await Checked.LockedAsync([locked], [App], [Checked.Library("Lib", "[JobType(\"a\")] public class A { public void Process(string args) { } }")], "OVS602: \"a\""));
        Assert.StartsWith("The args of 'a' is stored as int, and is string now", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[System.CodeDom.Compiler.GeneratedCode(\"x\", \"1\")] ")]
    public async Task OVS602_a_type_that_a_tool_has_written(string attribute) =>
        await Checked.ChangedAsync(attribute + "public record Args(int A);" + Handler, attribute + "public record Args(string {|OVS602:A|});" + Handler);

    [Fact]
    public async Task OVS602_is_told_of_however_many_types()
    {
        var types = string.Concat(Enumerable.Range(0, 1100).Select(number => $"record R{number}(int A); "));
        var args = $"{types} record Args({string.Join(", ", Enumerable.Range(0, 1100).Select(number => $"R{number} P{number}"))});";
        await Checked.ChangedAsync(args + Handler, args.Replace("R1099(int A)", "R1099(string {|OVS602:A|})", StringComparison.Ordinal) + Handler);
    }

    [Theory]
    [InlineData("record Args(int A);", "record Args(int A, string B = \"\");")]
    [InlineData("record Args(int A);", "record Args(int A) { public string? B { get; set; } }")]
    [InlineData("record Args(int A, int B);", "record Args(int A);")]
    [InlineData("record Args(int A, string B);", "record Args(int A, int C = 0);")]
    [InlineData("record Args(int A);", "record Args(int A = 5);")]
    [InlineData("record Args(int A);", "record Args(int? A);")]
    [InlineData("record Args(int A);", "record Args(long A);")]
    [InlineData("record Args(float A);", "record Args(double A);")]
    [InlineData("record Args(Guid A, DateTime B, char C);", "record Args(string A, string B, string C);")]
    [InlineData("record Args(int A, string B, List<int> C);", "record Args(object A, System.Text.Json.JsonElement B, object C);")]
    [InlineData("record Args(int A);", "record Args([WasNamed(\"A\")] long B);")]
    [InlineData("record Args(int A);", "record Args([property: System.Text.Json.Serialization.JsonPropertyName(\"A\")] int B);")]
    [InlineData("record Args([WasNamed(\"Old\")] int A);", "record Args([WasNamed(\"Older\", \"Old\")] int A);")]
    [InlineData("record Args([WasNamed(\"Old\")] int A);", "record Args([WasNamed(\"A\", \"Old\")] int B);")]
    [InlineData("record Args(E A); enum E { X, Y }", "record Args(E A); enum E { X, Z = 5, Y = 1 }")]
    [InlineData("record Args(E A); enum E { X, Y }", "record Args(int A);")]
    [InlineData("record Args(E A); enum E { X, Y }", "record Args(E A); enum E { X, Z = 1, [Obsolete] Y = Z }")]
    [InlineData("record Args(E A); [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<E>))] enum E { X, Y }", "record Args(E A); [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter))] enum E { Y, X, Z }")]
    [InlineData("record Args(E A); enum E { X, Y }", "record Args(E A); [System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<E>))] enum E { X, Y }")]
    [InlineData("record Args(E A); enum E { X, Y }", "record Args(E A); enum E { X, Renamed }")]
    [InlineData("record Args(int A);", "record Args(E A); enum E { X }")]
    [InlineData("record Args(int A);", "record Args([property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] long A);")]
    [InlineData("record Args([property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int A);", "record Args(int A);")]
    [InlineData("class Args { public string? A { get; set; } }", "class Args { [System.Diagnostics.CodeAnalysis.AllowNull] public string A { get; set; } = \"\"; }")]
    [InlineData("record Args(byte[] A);", "record Args(ReadOnlyMemory<byte> A);")]
    [InlineData("record Args(string? A, System.Text.Json.JsonElement B);", "record Args(object? A, System.Text.Json.JsonElement B);")]
    [InlineData("record Args(Dictionary<E, int> A); enum E { X, Y }", "record Args(Dictionary<string, long> A);")]
    [InlineData("record Args(HashSet<int> A);", "record Args(List<int> A);")]
    [InlineData("record Args(int[] A);", "record Args(IReadOnlyList<int> A);")]
    [InlineData("record Args(In A); record In(int B);", "record Args(Other A); record struct Other(int B);")]
    [InlineData("record Args(int A) { public int B => A; }", "record Args(int A);")]
    [InlineData("record Args(int A) { public int B => A; }", "record Args(int A, int B = 0);")]
    [InlineData("record Args(int A);", "class Args { public int A { get; set; } }")]
    [InlineData("record Args(int A, Args? Next = null);", "record Args(int A, Args? Next = null, int B = 0);")]
    public async Task OVS602_is_silent_for_what_can_be_read(string before, string after)
    {
        (before, after) = (Spell(before), Spell(after));
        var same = Checked.Lock([before + Handler]) == Checked.Lock([after + Handler]);
        await Checked.ChangedAsync(before + Handler, after + Handler, same ? [] : ["OVS603"]);
    }

    [Theory]
    [InlineData("", "[JsonDerivedType(typeof(One), \"one\")]")]
    [InlineData("[JsonDerivedType(typeof(One), \"one\")]", "[JsonDerivedType(typeof(Two), \"two\"), JsonDerivedType(typeof(One), \"one\")]")]
    public async Task OVS602_is_silent_for_more_derived_types(string before, string after)
    {
        const string Types = " class Args { } class One : Args { } class Two : Args { } ";
        await Checked.ChangedAsync(Json(before) + Types + Handler, Json(after) + Types + Handler, "OVS603");
    }

    [Theory]
    [InlineData("void Process() { }")]
    [InlineData("string? Process(string? args) => null")]
    [InlineData("object Process(object args) => \"\"")]
    public async Task OVS602_is_silent_for_args_and_results_that_can_be_read(string after) =>
        await Checked.ChangedAsync("""[JobType("a")] class A { public string Process(string args) => ""; }""", $$"""[JobType("a")] class A { public {{after}}; }""".Replace("};", "}", StringComparison.Ordinal), "OVS603");

    private static string Json(string attributes) => attributes.Replace("Json", "System.Text.Json.Serialization.Json", StringComparison.Ordinal);

    private static string Spell(string code) => code.Replace("JsonNumberHandling", "System.Text.Json.Serialization.JsonNumberHandling", StringComparison.Ordinal).Replace("[JsonExtensionData", "[System.Text.Json.Serialization.JsonExtensionData", StringComparison.Ordinal);
}
