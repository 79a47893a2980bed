namespace Overseer.Analyzers.Tests.Spellings;

/// <summary>For each diagnostic a handler that has it, and one that is like it and has not.</summary>
internal static class Snippets
{
    private const string Job = """[JobType("report")]""";
    private const string Nothing = "public void Process() { }";
    private const string Load = """[JobType("load")] public class Load { public int Process() => 1; }""";
    private const string Find = """[JobType("find")] public class Find { public int Process() => 2; }""";
    private const string Middle = """[JobType("middle")] [DependsOn<Load>] public class Middle { public string Process() => ""; }""";
    private const string Plain = "public class Plain { public void Process() { } }";
    private const string Rows = "public record Rows(int Count);";
    private const string Names = """public static class Names { public const string Bad = "7 days"; public const string Good = "days"; }""";
    private const string Wrap = "public class Wrap : IJobHarness { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<T> stage) => stage(job); }";
    private const string Giver = """public class Giver : IJobHarness<Uri> { public ValueTask<T> InvokeAsync<T>(JobContext job, StageCall<Uri, T> stage) => stage(job, new Uri("x:y")); }""";
    private const string Linked = "[assembly: JobJson(typeof($Scope.Context))]";

    private const string Help = """
        public static class Help
        {
            public static void Do(JobContext job) => Console.WriteLine(job);
            public static Task<int> GetAsync(CancellationToken token = default) => Task.FromResult(token.IsCancellationRequested ? 1 : 2);
        }
        """;

    public static IReadOnlyDictionary<string, (Snippet Fires, Snippet IsSilent)> All { get; } = new Dictionary<string, (Snippet, Snippet)>
    {
        ["OVS101"] = (new("[{|OVS101:JobType(Names.Bad)|}]", Nothing, Names), new("[JobType(Names.Good)]", Nothing, Names)),
        ["OVS102"] = (new("""[{|OVS102:JobType("load")|}]""", Nothing, Load), new(Job, Nothing, Load)),
        ["OVS103"] = (new(Job, "", Plain, Name: "{|OVS103:Report|}", Modifier: "abstract", Base: "Plain"), new(Job, "", Plain, Modifier: "sealed", Base: "Plain")),
        ["OVS104"] = (
            new(Job, "", "public class Plain { protected void Process() { } }", Name: "{|OVS104:Report|}", Base: "Plain"),
            new(Job, "public void Process(int args) { }", "public class Plain { protected void Process() { } }", Base: "Plain")),
        ["OVS105"] = (new(Job, "public async void {|OVS105:Process|}(Rows args) => await Task.Yield();", Rows), new(Job, "public async Task Process(Rows args) => await Task.Yield();", Rows)),
        ["OVS106"] = (
            new(Job, "public {|OVS106:Report|}() { } public Report(Plain plain) { } " + Nothing, Plain),
            new(Job, "public Report() { } [ActivatorUtilitiesConstructor] public Report(Plain plain) { } " + Nothing, Plain)),
        ["OVS201"] = (new(Job + "[{|OVS201:DependsOn<Plain>|}]", Nothing, Plain), new(Job + "[DependsOn<Load>]", Nothing, Load)),
        ["OVS202"] = (
            new("""[JobType("a-report")] [{|OVS202:DependsOn<After>|}]""", Nothing, Load, """[JobType("b-after")] [DependsOn<Load>] [DependsOn<Report>] public class After { public void Process() { } }"""),
            new("""[JobType("a-report")] [DependsOn<After>]""", Nothing, Load, """[JobType("b-after")] [DependsOn<Load>] public class After { public void Process() { } }""")),
        ["OVS203"] = (new(Job + "[DependsOn<Load>] [{|OVS203:DependsOn<Load>|}]", Nothing, Load), new(Job + "[DependsOn<Load>] [DependsOn<Find>]", Nothing, Load + Find)),
        ["OVS204"] = (
            new(Job + "[{|OVS204:DependsOn<Load>|}] [DependsOn<Middle>]", "public void Process(string text) { }", Load + Middle),
            new(Job + "[DependsOn<Load>] [DependsOn<Middle>]", "public void Process(string text, int number) { }", Load + Middle)),
        ["OVS205"] = (new(Job + "[{|OVS205:JobGraph(Names.Bad)|}]", Nothing, Names), new(Job + "[JobGraph(Names.Good)]", Nothing, Names)),
        ["OVS206"] = (new(Job, RunTimeGraph("""{|OVS206:"nobody"|}"""), Load), new(Job, RunTimeGraph("\"load\""), Load)),
        ["OVS301"] = (
            new(Job + "[DependsOn<Find>]", "public void Process(Rows {|OVS301:rows|}) { }", Rows + """[JobType("find")] public class Find { public Rows? Process() => null; }"""),
            new(Job + "[DependsOn<Find>]", "public void Process(Rows? rows) { }", Rows + """[JobType("find")] public class Find { public Rows? Process() => null; }""")),
        ["OVS302"] = (
            new(Job + "[DependsOn<Find>]", "public void Process(string args, [ResultOf<Find>] int found, DayOfWeek {|OVS302:day|}) { }", Find + """[JobType("load")] public class Load { public DayOfWeek Process() => default; }"""),
            new(Job + "[DependsOn<Load>]", "public void Process(string args, DayOfWeek day) { }", """[JobType("load")] public class Load { public DayOfWeek Process() => default; }""")),
        ["OVS303"] = (
            new(Job + "[DependsOn<Load>] [DependsOn<Find>]", "public void Process(int {|OVS303:number|}) { }", Load + Find),
            new(Job + "[DependsOn<Load>] [DependsOn<Find>]", "public void Process([ResultOf<Load>] int number) { }", Load + Find)),
        ["OVS304"] = (
            new(Job + "[DependsOn<Load>]", "public void Process([ResultOf<Load>] string {|OVS304:text|}) { }", Load),
            new(Job + "[DependsOn<Load>]", "public void Process([ResultOf<Load>] int number) { }", Load)),
        ["OVS305"] = (
            new(Job, "public void Process(Rows {|OVS305:args|}) { }", "public class Rows { public List<Action?>? Done; }"),
            new(Job, "public void Process(Rows args) { }", "public class Rows { public List<int?>? Done; }")),
        ["OVS306"] = (
            new(Job, "public void Process(Rows {|OVS306:args|}) { }", Rows, Context("int[]"), Assembly: Linked),
            new(Job, "public void Process(Rows args) { }", Rows, Context("Rows"), Assembly: Linked)),
        ["OVS401"] = (new(Job + "[{|OVS401:Harness<Plain>|}]", Nothing, Plain), new(Job + "[Harness<Wrap>]", Nothing, Wrap)),
        ["OVS402"] = (
            new(Job + "[Harness<Giver>(Stage = JobStage.PreProcess)]", "public void Process(Uri {|OVS402:uri|}) { }", Giver),
            new(Job + "[Harness<Giver>]", "public void Process(Uri uri) { }", Giver)),
        ["OVS701"] = (
            new(Job, "public void Process(JobContext job) { try { Help.Do(job); } {|OVS701:catch (Exception)|} { } }", Help),
            new(Job, "public void Process(JobContext job) { try { Help.Do(job); } catch (Exception) { throw; } }", Help)),
        ["OVS702"] = (
            new(Job, "public Task Process(CancellationToken token) => Help.{|OVS702:GetAsync|}();", Help),
            new(Job, "public Task Process(CancellationToken token) => Help.GetAsync(token);", Help)),
        ["OVS703"] = (
            new(Job, "public void Process() => Console.WriteLine({|OVS703:Help.GetAsync().Result|});", Help),
            new(Job, "public async Task Process() => Console.WriteLine(await Help.GetAsync());", Help)),
    };

    private static string RunTimeGraph(string type) => $$"""{{Nothing}} private static JobGraph Make() => JobGraph.FromTypes(new Dictionary<string, string[]> { [{{type}}] = [] });""";

    private static string Context(string type) => $$"""
        [System.Text.Json.Serialization.JsonSerializable(typeof({{type}}), TypeInfoPropertyName = "Listed")]
        [System.Text.Json.Serialization.JsonSourceGenerationOptions(IncludeFields = true, PreferredObjectCreationHandling = System.Text.Json.Serialization.JsonObjectCreationHandling.Populate,
            RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
        internal partial class Context : System.Text.Json.Serialization.JsonSerializerContext;
        """;
}
