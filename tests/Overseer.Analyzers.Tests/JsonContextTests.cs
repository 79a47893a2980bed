using Overseer.Generators.Analyzers;
using Overseer.Json;
using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>OVS306: where reflection is not used, the linked context describes all that is stored.</summary>
public sealed class JsonContextTests
{
    private const string Options = """
        [System.Text.Json.Serialization.JsonSourceGenerationOptions(IncludeFields = true, PreferredObjectCreationHandling = System.Text.Json.Serialization.JsonObjectCreationHandling.Populate,
            RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
        """;

    private const string Context = "partial class Ctx : System.Text.Json.Serialization.JsonSerializerContext;";

    private const string Types = """
        record Args(int Id, List<Row> Rows) { public Kind Kind; public DateOnly? Day { get; set; } }
        record Row(string Name, Dictionary<Key, Cell[]> Cells);
        record struct Cell(int Value);
        enum Kind { One }
        enum Key { One }
        record Other(int Id);
        """;

    [Theory]
    [InlineData("typeof(Args)", "Other", "Other")]
    [InlineData("typeof(Args)", "Args?[]", "Args?[]")]
    [InlineData("typeof(Args)", "List<string>", "List<string>")]
    [InlineData("typeof(Args)", "Cell?", "Cell?")]
    [InlineData("typeof(Args), GenerationMode = System.Text.Json.Serialization.JsonSourceGenerationMode.Serialization", "Args", "Args")]
    public async Task OVS306_a_type_that_the_linked_context_does_not_describe(string listed, string stored, string shown)
    {
        var messages = await Checked.Async($$"""
            [assembly: JobJson(typeof(Ctx))]
            [System.Text.Json.Serialization.JsonSerializable({{listed}})] {{Options}} {{Context}} {{Types}}
            [JobType("a")] class A { public void Process({{stored}} {|OVS306:args|}) { } }
            """);
        Assert.Equal($"{shown} is stored without reflection, but Ctx does not describe it; add [JsonSerializable(typeof({shown}))] to it", messages[0]);
    }

    [Theory]
    [InlineData("Args")]
    [InlineData("Args?")]
    [InlineData("Row")]
    [InlineData("List<Row>")]
    [InlineData("Cell[]")]
    [InlineData("Key")]
    [InlineData("Kind")]
    [InlineData("Dictionary<Key, Cell[]>")]
    [InlineData("DateOnly?")]
    [InlineData("decimal")]
    [InlineData("string?")]
    [InlineData("byte[]")]
    public async Task OVS306_is_silent_for_what_is_listed_or_reached_or_built_in(string stored) =>
        await Checked.Async($$"""
            [assembly: JobJson(typeof(Ctx))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Args))] {{Options}} {{Context}} {{Types}}
            [JobType("a")] class A { public void Process({{stored}} args) { } }
            """);

    [Theory]
    [InlineData("Args?[]?")]
    [InlineData("Task<(int Number, Args Args)>")]
    public async Task OVS306_is_silent_however_a_listed_type_is_spelled(string stored) =>
        await Checked.Async($$"""
            [assembly: JobJson(typeof(Ctx))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Args[]))] [System.Text.Json.Serialization.JsonSerializable(typeof(ValueTuple<int, Args>))] {{Options}} {{Context}} {{Types}}
            [JobType("a")] class A { public {{stored}} Process() => throw new Exception(); }
            """);

    [Theory]
    [InlineData("", "IncludeFields = true, PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true")]
    [InlineData("[System.Text.Json.Serialization.JsonSourceGenerationOptions(IncludeFields = true, RespectNullableAnnotations = true)]", "PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate, RespectRequiredConstructorParameters = true")]
    [InlineData("[System.Text.Json.Serialization.JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict, IncludeFields = true)]", "PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate")]
    public async Task OVS306_a_context_with_other_settings(string options, string missing)
    {
        var messages = await Checked.Async($$"""
            [assembly: {|OVS306:JobJson(typeof(Ctx))|}]
            [System.Text.Json.Serialization.JsonSerializable(typeof(int))] {{options}} {{Context}}
            [JobType("a")] class A { public void Process() { } }
            """);
        Assert.Contains($"add [JsonSourceGenerationOptions({missing})] to it", messages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "UseStringEnumConverter = false")]
    [InlineData("IncludeFields = false, ", "IncludeFields = true, UseStringEnumConverter = false")]
    public async Task OVS306_a_context_that_stores_enums_by_name(string other, string missing)
    {
        var options = Options.Replace("IncludeFields = true, ", other + (other.Length == 0 ? "IncludeFields = true, " : "") + "UseStringEnumConverter = true, ", StringComparison.Ordinal);
        var messages = await Checked.Async($$"""
            [assembly: {|OVS306:JobJson(typeof(Ctx))|}]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Args))] {{options}} {{Context}} {{Types}}
            [JobType("a")] class A { public void Process(Args args) { } }
            """);
        Assert.Equal(
            $"Ctx has other settings than stored JSON, so that others cannot read the enums that it stores by name; add [JsonSourceGenerationOptions({missing})] to it, "
            + "and [JsonConverter(typeof(JsonStringEnumConverter<T>))] to each enum that is to be stored by name",
            messages[0]);
    }

    [Fact]
    public async Task OVS306_is_silent_about_a_context_that_says_itself_that_enums_are_numbers() =>
        await Checked.Async($$"""
            [assembly: JobJson(typeof(Ctx))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Args))] {{Options.Replace("IncludeFields", "UseStringEnumConverter = false, IncludeFields", StringComparison.Ordinal)}} {{Context}} {{Types}}
            [JobType("a")] class A { public void Process(Args args) { } }
            """);

    [Theory]
    [InlineData("string", "it does not derive from JsonSerializerContext")]
    [InlineData("Outer.Open", "it is abstract or generic")]
    [InlineData("Outer.Bare", "it has no [JsonSerializable]")]
    public async Task OVS306_what_is_no_context(string linked, string why)
    {
        var messages = await Checked.Async($$"""
            [assembly: {|OVS306:JobJson(typeof({{linked}}))|}]
            static class Outer
            {
                internal abstract class Open() : System.Text.Json.Serialization.JsonSerializerContext(null);
                internal class Bare() : System.Text.Json.Serialization.JsonSerializerContext(null)
                {
                    protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
                    public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
                }
            }
            [JobType("a")] class A { public void Process(Row row) { } } record Row(int X);
            """);
        Assert.Contains(why, messages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PublishAot")]
    [InlineData("IsAotCompatible")]
    [InlineData("EnableTrimAnalyzer")]
    public async Task OVS306_is_an_error_where_there_is_no_reflection(string property)
    {
        var messages = await Checked.Async(
            [$$"""
            {{Types}}
            [JobType("a")] class A { public {|OVS306:Task<Args>|} Process(Row {|OVS306:row|}, CancellationToken cancellationToken) => throw new Exception(); }
            [JobType("b")] [DependsOn<A>] class B { public int Process(Args args, Row row) => 1; }
            """],
            [], property);
        Assert.All(messages, message => Assert.Contains("no JsonSerializerContext is linked", message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OVS306_is_silent_without_reflection_if_all_is_described_or_built_in() =>
        await Checked.Async(
            [$$"""
            [assembly: JobJson(typeof(Ctx))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Args))] {{Options}} {{Context}} {{Types}}
            [JobType("a")] class A { public Task<Args> Process(int id) => throw new Exception(); }
            [JobType("b")] [DependsOn<A>] class B { public void Process(Args args) { } }
            """],
            [], "PublishAot");

    [Fact]
    public async Task OVS306_is_silent_with_reflection() =>
        await Checked.Async($$"""{{Types}} [JobType("a")] class A { public Args Process(Row row) => throw new Exception(); }""");

    [Fact]
    public async Task OVS306_a_result_of_another_assembly_is_read_by_ones_own_context() =>
        await Checked.Async(
            [$$"""
            [assembly: JobJson(typeof(Ctx))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Args))] {{Options}} {{Context}} {{Types}}
            [JobType("a")] [DependsOn<Lib.Make>] class A { public void Process(Lib.Made {|OVS306:made|}) { } }
            """],
            [Checked.Library("Lib", """namespace Lib { public record Made(int X); [JobType("make")] public class Make { public Made Process() => new(1); } }""")]);

    [Fact]
    public async Task OVS306_can_be_suppressed_where_it_stands() =>
        await Checked.Async(
            ["""
            record Args(int X);
            #pragma warning disable OVS306
            [JobType("a")] class A { public void Process(Args args) { } }
            #pragma warning restore OVS306
            """],
            [], "PublishAot");

    [Fact]
    public void A_context_describes_what_the_real_one_has_metadata_for()
    {
        string[] roots = ["Args", "Row[]", "Shape", "Mixed", "Dictionary<string, (int, Cell?)>", "Chain<Cell>", "IReadOnlyList<Kind>", "Derived", "Rows"];
        string[] candidates =
        [
            "Args", "Row", "List<Row>", "Row[]", "Cell", "Cell?", "Cell[]", "Kind", "Key", "Other", "Dictionary<Key, Cell[]>", "Shape", "Circle", "Square", "Mixed", "Left", "Out", "Computed", "Converted",
            "Written", "Chain<Cell>", "Chain<Key>", "(int, Cell?)", "(int, Cell)", "Base", "Derived", "IReadOnlyList<Kind>", "List<Kind>", "Rows", "InFields", "Hidden", "Func<int>",
        ];
        var compilation = Checked.Project($$"""
            using System; using System.Collections.Generic; using System.Text.Json.Serialization;
            {{Types}}
            [JsonDerivedType(typeof(Circle), "circle")] abstract class Shape; class Circle : Shape { public Square? Inside { get; set; } } class Square : Shape;
            class Mixed { public Left? Left { get; set; } [JsonIgnore] public Out? Out { get; set; } public Computed Computed => new(); [JsonConverter(typeof(Its))] public Converted? Converted { get; set; } public Written Written { set { } } public InFields? Field; internal Hidden? Hidden { get; set; } public static Func<int>? Function { get; set; } }
            class Left; class Out; class Computed; class Converted; class Written; class InFields; class Hidden;
            class Its : JsonConverter<Converted> { public override Converted? Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => null; public override void Write(System.Text.Json.Utf8JsonWriter writer, Converted value, System.Text.Json.JsonSerializerOptions options) { } }
            record Chain<T>(T Value, Chain<T>? Next); class Base { public Kind Kind { get; set; } } class Derived : Base; class Rows : List<Row> { public Other? Other { get; set; } }
            {{string.Join('\n', roots.Select((root, index) => $"[JsonSerializable(typeof({root}))] partial class Ctx{index} : JsonSerializerContext;"))}}
            class Candidates { {{string.Join(' ', candidates.Select((candidate, index) => $"public {candidate} C{index};"))}} }
            """);
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var assembly = System.Reflection.Assembly.Load(image.ToArray());
        var wrong = new List<string>();
        for (var root = 0; root < roots.Length; root++)
        {
            var real = (System.Text.Json.Serialization.JsonSerializerContext)assembly.GetType($"Ctx{root}")!.GetProperty("Default")!.GetValue(null)!;
            var known = JsonContext.Of(compilation.GetTypeByMetadataName($"Ctx{root}")!);
            for (var index = 0; index < candidates.Length; index++)
            {
                var symbol = compilation.GetTypeByMetadataName("Candidates")!.GetMembers($"C{index}").OfType<Microsoft.CodeAnalysis.IFieldSymbol>().Single().Type;
                var has = real.GetTypeInfo(assembly.GetType("Candidates")!.GetField($"C{index}")!.FieldType) is not null;
                if (has != known.Describes(symbol)) wrong.Add($"{roots[root]} → {candidates[index]}: {(has ? "there" : "not there")}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("record Grown<T>(T Value, Grown<List<T>>? Next);")]
    [InlineData("record Grown<T>(T Value, Grown<Dictionary<T, T>>? Next);")]
    [InlineData("record Grown<T>(T Value, Grown<List<T>>? One, Grown<HashSet<T>>? Two, Grown<T[]>? Three);")]
    public void What_is_reached_ends_where_a_generic_type_never_does(string declaration)
    {
        var compilation = Checked.Project($"using System.Collections.Generic; {declaration} class Roots {{ public Grown<int>? Root; }}");
        var root = compilation.GetTypeByMetadataName("Roots")!.GetMembers("Root").OfType<Microsoft.CodeAnalysis.IFieldSymbol>().Single().Type;
        Assert.InRange(JsonContext.Reached([root]).Count, 1, 100);
    }

    [Fact]
    public void The_analyzers_know_what_the_run_time_has_metadata_for()
    {
        var compilation = Checked.Project(string.Join('\n', BuiltInJson.Types.Select((type, index) => $"class C{index} {{ {Name(type)} field; }}")));
        Assert.All(BuiltInJson.Types.Select((_, index) => compilation.GetTypeByMetadataName($"C{index}")!.GetMembers("field").OfType<Microsoft.CodeAnalysis.IFieldSymbol>().Single().Type), type =>
            Assert.True(JsonTypes.IsBuiltIn(type), type.ToString()));
        Assert.All(BuiltInJson.Types, type => Assert.Null(PayloadJson.WithoutReflection().FindProblem(type)));
    }

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?" : type.IsArray ? Name(type.GetElementType()!) + "[]" : $"global::{type.FullName}";
}
