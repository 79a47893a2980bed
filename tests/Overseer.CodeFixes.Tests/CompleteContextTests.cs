using Overseer.CodeFixes.Fixes;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>OVS306: the linked context is completed.</summary>
public sealed class CompleteContextTests
{
    private const string Types = """
        namespace Reports;

        public record Args(int Id, Row? Row);
        public record Row(string Name);
        public record Cell(int Value);
        """;

    private const string AllSettings =
        "IncludeFields = true, PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true";

    private static string Context(string attributes) => $$"""
        using System.Text.Json.Serialization;

        [assembly: JobJson(typeof(Reports.ReportsJson))]

        namespace Reports;

        /// <summary>The context.</summary>
        {{attributes}}
        internal sealed partial class ReportsJson : JsonSerializerContext;
        """;

    private static string Options(string settings = AllSettings) => $"[JsonSourceGenerationOptions({settings})]";

    private static string Marked(string context) => context.Replace("JobJson(typeof(Reports.ReportsJson))", "{|OVS306:JobJson(typeof(Reports.ReportsJson))|}", StringComparison.Ordinal);

    [Fact]
    public Task OVS306_a_type_is_listed_after_the_others_in_the_file_of_the_context() => Fixed.Async<CompleteContextFix>(
        [Types, Context($"[JsonSerializable(typeof(Args))] // all\n{Options()}"), """
        using Reports;

        [JobType("a")] class A { public {|OVS306:Task<Cell?>|} Process(Args args) => throw new Exception(); }
        """],
        [Types, Context($"[JsonSerializable(typeof(Args))] // all\n[JsonSerializable(typeof(Cell))]\n{Options()}"), """
        using Reports;

        [JobType("a")] class A { public Task<Cell?> Process(Args args) => throw new Exception(); }
        """],
        "Add [JsonSerializable(typeof(Cell))] to ReportsJson");

    [Theory]
    [InlineData("List<Cell?>?", "System.Collections.Generic.List<Cell>", "List<Cell>")]
    [InlineData("(int Number, Cell?[] Cells)", "(int, Cell[])", "(int, Cell[])")]
    [InlineData("Cell?[][]", "Cell[][]", "Cell[][]")]
    [InlineData("DayOfWeek?", "System.DayOfWeek?", "DayOfWeek?")]
    [InlineData("Dictionary<string, object>", "System.Collections.Generic.Dictionary<string, object>", "Dictionary<string, object>")]
    public async Task OVS306_whatever_the_type_is(string stored, string listed, string shown)
    {
        var before = $$"""[JobType("a")] class A { public void Process({{stored}} {|OVS306:args|}) { } }""";
        listed = listed.Replace("System.Collections.Generic.", "", StringComparison.Ordinal).Replace("System.", "", StringComparison.Ordinal);
        await Fixed.Async<CompleteContextFix>(
            [Types, Context($"[JsonSerializable(typeof(int))]\n{Options()}"), "namespace Reports;\n" + before],
            [Types, Context($"[JsonSerializable(typeof(int))]\n[JsonSerializable(typeof({listed}))]\n{Options()}"), "namespace Reports;\n" + before.Replace("{|OVS306:args|}", "args", StringComparison.Ordinal)],
            $"Add [JsonSerializable(typeof({shown}))] to ReportsJson");
    }

    [Theory]
    [InlineData("namespace Aside; public record Row(int X);", "Aside.Row", "AsideRow")]
    [InlineData("public record Row(int X);", "global::Row", "GlobalRow")]
    [InlineData("namespace @new; record Row(int X);", "@new.Row", "newRow")]
    public Task OVS306_a_second_type_of_one_name_gets_another_property(string declaration, string type, string name) => Fixed.Async<CompleteContextFix>(
        [Types, declaration, Context($"[JsonSerializable(typeof(Args))]\n{Options()}"), $$"""
        [JobType("a")] class A { public void Process({{type}} {|OVS306:row|}) { } }
        """],
        [Types, declaration, Context($"[JsonSerializable(typeof(Args))]\n[JsonSerializable(typeof({type}), TypeInfoPropertyName = \"{name}\")]\n{Options()}"), $$"""
        [JobType("a")] class A { public void Process({{type}} row) { } }
        """],
        "Add [JsonSerializable(typeof(Row))] to ReportsJson");

    [Fact]
    public Task OVS306_all_types_of_all_files_at_once() => Fixed.AllAsync<CompleteContextFix>(
        [Types, Context($"[JsonSerializable(typeof(int))]\n{Options()}"), """
        using Reports;

        [JobType("a")] class A { public {|OVS306:Args|} Process(Cell {|OVS306:cell|}) => throw new Exception(); }
        """, """
        using Reports;

        [JobType("b"), DependsOn<A>] class B { public Uri Process(List<Cell> {|OVS306:cells|}, Args made) => throw new Exception(); }
        """],
        [Types, Context($"[JsonSerializable(typeof(int))]\n[JsonSerializable(typeof(Args))]\n[JsonSerializable(typeof(Cell))]\n[JsonSerializable(typeof(List<Cell>))]\n{Options()}"), """
        using Reports;

        [JobType("a")] class A { public Args Process(Cell cell) => throw new Exception(); }
        """, """
        using Reports;

        [JobType("b"), DependsOn<A>] class B { public Uri Process(List<Cell> cells, Args made) => throw new Exception(); }
        """],
        iterations: 3, documents: 2);

    [Theory]
    [InlineData("[JsonSerializable(typeof(Args))]", $"[JsonSerializable(typeof(Args))]\n[JsonSourceGenerationOptions({AllSettings})]")]
    [InlineData("[JsonSourceGenerationOptions]\n[JsonSerializable(typeof(Args))]", $"[JsonSourceGenerationOptions({AllSettings})]\n[JsonSerializable(typeof(Args))]")]
    [InlineData(
        "[JsonSerializable(typeof(Args)), JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict, RespectNullableAnnotations = false /* not */)]",
        "[JsonSerializable(typeof(Args)), JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict, RespectNullableAnnotations = true /* not */, IncludeFields = true, PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate)]")]
    [InlineData(
        "[JsonSerializable(typeof(Args))]\n[JsonSourceGenerationOptions(\n    WriteIndented = true,\n    PreferredObjectCreationHandling = JsonObjectCreationHandling.Replace,\n    IncludeFields = true)]",
        "[JsonSerializable(typeof(Args))]\n[JsonSourceGenerationOptions(\n    WriteIndented = true,\n    PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,\n    IncludeFields = true,\n    RespectRequiredConstructorParameters = true,\n    RespectNullableAnnotations = true)]")]
    [InlineData(
        $"[JsonSerializable(typeof(Args))]\n[JsonSourceGenerationOptions(UseStringEnumConverter = true, {AllSettings})]",
        $"[JsonSerializable(typeof(Args))]\n[JsonSourceGenerationOptions(UseStringEnumConverter = false, {AllSettings})]")]
    public Task OVS306_the_settings_are_added_or_changed(string before, string after) => Fixed.Async<CompleteContextFix>(
        [Types, Marked(Context(before))], [Types, Context(after)], "Give ReportsJson the settings of stored JSON");

    [Fact]
    public Task OVS306_the_settings_in_another_part_that_imports_nothing() => Fixed.Async<CompleteContextFix>(
        [Types, Marked(Context("[JsonSerializable(typeof(Args))]")), """
        namespace Reports
        {
            [System.Text.Json.Serialization.JsonSourceGenerationOptions(IncludeFields = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
            partial class ReportsJson;
        }
        """],
        [Types, Context("[JsonSerializable(typeof(Args))]"), """
        namespace Reports
        {
            [System.Text.Json.Serialization.JsonSourceGenerationOptions(IncludeFields = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, PreferredObjectCreationHandling = System.Text.Json.Serialization.JsonObjectCreationHandling.Populate)]
            partial class ReportsJson;
        }
        """],
        "Give ReportsJson the settings of stored JSON");

    [Fact]
    public Task OVS306_where_there_is_no_context_one_is_created() => Fixed.AllAsync<CompleteContextFix>(
        [Types, """
        namespace Reports;

        [JobType("a")] class A { public {|OVS306:Args|} Process(Aside.Row {|OVS306:row|}, CancellationToken token) => throw new Exception(); }
        """, """
        namespace Aside;

        public record Row(int X);
        [JobType("b"), DependsOn<Reports.A>] class B { public int Process(Reports.Args args, List<Reports.Row> {|OVS306:rows|}) => 1; }
        """],
        [Types, """
        namespace Reports;

        [JobType("a")] class A { public Args Process(Aside.Row row, CancellationToken token) => throw new Exception(); }
        """, """
        namespace Aside;

        public record Row(int X);
        [JobType("b"), DependsOn<Reports.A>] class B { public int Process(Reports.Args args, List<Reports.Row> rows) => 1; }
        """],
        iterations: 1, documents: 1, change: test =>
        {
            test.WithoutReflection();
            test.FixedState.Sources.Add(("AsideJson.cs", """
                using System.Text.Json.Serialization;
                using Overseer;
                using Aside;
                using Reports;

                [assembly: JobJson(typeof(AsideJson))]

                namespace Aside;

                /// <summary>What the jobs store, described at compile time. The settings are those of stored JSON.</summary>
                [JsonSerializable(typeof(List<Reports.Row>))]
                [JsonSerializable(typeof(Row), TypeInfoPropertyName = "AsideRow")]
                [JsonSerializable(typeof(Args))]
                [JsonSourceGenerationOptions(
                    IncludeFields = true,
                    PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
                    RespectRequiredConstructorParameters = true,
                    RespectNullableAnnotations = true)]
                internal sealed partial class AsideJson : JsonSerializerContext;

                """));
        });

    [Fact]
    public Task OVS306_nothing_is_created_beside_a_context_that_its_author_may_want_to_link() => Fixed.NotAsync<CompleteContextFix>(
        test => test.WithoutReflection(),
        Types,
        """
        [System.Text.Json.Serialization.JsonSerializable(typeof(int))] partial class Other : System.Text.Json.Serialization.JsonSerializerContext;
        [JobType("a")] class A { public void Process(Reports.Args {|OVS306:args|}) { } }
        """);

    [Fact]
    public Task OVS306_nothing_is_offered_for_what_is_no_context() => Fixed.NotAsync<CompleteContextFix>(
        """
        [assembly: {|OVS306:JobJson(typeof(string))|}]
        [JobType("a")] class A { public void Process(List<int> numbers) { } }
        """);

    [Fact]
    public Task OVS306_nothing_is_offered_for_a_context_of_another_assembly() => Fixed.NotAsync<CompleteContextFix>(
        test => test.Reference(Sandbox.Library("""
            using System.Text.Json.Serialization;
            public class Foreign() : JsonSerializerContext(null)
            {
                public static Foreign Default { get; } = new();
                protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            }
            """)),
        """
        [assembly: {|OVS306:JobJson(typeof(Foreign))|}]
        [JobType("a")] class A { public void Process(List<int> {|OVS306:numbers|}) { } }
        """);
}
