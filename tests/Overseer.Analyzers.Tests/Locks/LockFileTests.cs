using Overseer.Generators.Lock;
using Xunit;

namespace Overseer.Analyzers.Tests.Locks;

/// <summary>The lock file itself: what it looks like, and OVS603 of one that is behind, broken or there twice.</summary>
public sealed class LockFileTests
{
    private const string App = """
        namespace Reports;
        public enum Kind : byte { Daily = 1, Weekly = 7 }
        public sealed record Args(int Org, DateOnly Day, Kind Kind, string? Note = null, [property: System.Text.Json.Serialization.JsonPropertyName("a\"b")] int Odd = 1);
        public sealed record Rows([WasNamed("Where", "Place")] string Path, List<Row> Parts, Dictionary<Kind, long> Sizes) { public int Count => Parts.Count; }
        public sealed record Row(HashSet<Guid> Ids, byte[] Raw, object? Rest, Row? Next, (int, string) Pair);
        [JobType("extract", Formerly = ["read"])] public sealed class Extract { public Rows Process(Args args) => null!; }
        [JobType("publish"), DependsOn<Extract>, JobGraph("Daily")] public sealed class Publish { public void Process(Rows rows) { } }
        [JobType("old", Retired = true)] public sealed class Old { public void Process() { } }
        """;

    private const string Written = """
        {
          "format": 1,
          "graphs": {
            "Daily": {
              "version": "$version",
              "dependencies": {
                "extract": [],
                "publish": ["extract"]
              }
            }
          },
          "jobTypes": {
            "extract": {
              "formerly": ["read"],
              "args": "Reports.Args",
              "result": "Reports.Rows"
            },
            "old": {
              "retired": true
            },
            "publish": {
              "after": {
                "extract": "Reports.Rows"
              },
              "inputs": ["extract"]
            }
          },
          "types": {
            "Reports.Args": {
              "members": {
                "Day": "DateOnly",
                "Kind": "Reports.Kind",
                "Note": "string? optional",
                "Org": "int",
                "a\"b": "int optional"
              }
            },
            "Reports.Kind": {
              "enum": "byte",
              "values": {
                "Daily": 1,
                "Weekly": 7
              }
            },
            "Reports.Row": {
              "members": {
                "Ids": "set<Guid>",
                "Next": "Reports.Row?",
                "Pair": "System.ValueTuple<int, string>",
                "Raw": "base64",
                "Rest": "any?"
              }
            },
            "Reports.Rows": {
              "members": {
                "Count": "int written",
                "Parts": "Reports.Row[]",
                "Path": {
                  "value": "string",
                  "formerly": ["Where", "Place"]
                },
                "Sizes": "map<text<Reports.Kind>, long>"
              }
            },
            "System.ValueTuple<int, string>": {
              "members": {
                "Item1": "int optional",
                "Item2": "string optional"
              }
            }
          }
        }

        """;

    [Fact]
    public void It_is_written_in_one_form_and_read_as_it_is_written()
    {
        var text = Checked.Lock([App]);
        var (model, _) = LockReader.Read(text);
        Assert.Equal(Written.ReplaceLineEndings("\n").Replace("$version", model.Graphs["Daily"].Version, StringComparison.Ordinal), text);
        Assert.Equal(text, LockWriter.Write(model));
    }

    [Fact]
    public void The_order_of_the_code_is_not_the_order_of_the_file()
    {
        var lines = App.Split('\n');
        Assert.Equal(Checked.Lock([App]), Checked.Lock([string.Join('\n', lines[..1].Concat(lines[1..].Reverse()))]));
    }

    [Fact]
    public void The_version_of_a_graph_is_that_of_its_runs()
    {
        var graph = new JobGraphBuilder("Daily");
        var extract = graph.Add(new Job("extract"));
        graph.Add(new Job("publish"), extract);
        Assert.Equal(graph.Build().Version, LockReader.Read(Checked.Lock([App])).Model.Graphs["Daily"].Version);
    }

    [Theory]
    [InlineData("", "it locks nothing yet")]
    [InlineData("{}", "it locks nothing yet")]
    [InlineData("  \n", "it locks nothing yet")]
    public async Task OVS603_an_empty_file(string text, string why)
    {
        var message = Assert.Single(await Checked.LockedAsync([new LockText(text)], [App], [], "OVS603"));
        Assert.Equal($"overseer.lock.json is behind the code: {why}; update it, by the fix in the editor or by one build with -p:UpdateOverseerLock=true", message);
    }

    [Theory]
    [InlineData("Odd = 1)", "Odd = 1, int New = 0)", "Args.New is new")]
    [InlineData("Note = null,", "Note = null, int? A = 1, long B = 2, string C = \"\", bool D = true,", "Args.A is new, Args.B is new, Args.C is new, and 1 more")]
    [InlineData("Weekly = 7", "Weekly = 7, Yearly = 9", "Kind.Yearly is new")]
    [InlineData("int Org", "long Org", "Args.Org is long now")]
    [InlineData("DateOnly Day", "DateOnly? Day", "Args.Day is DateOnly? now")]
    [InlineData("[JobType(\"publish\")", "[JobType(\"send\")] public class Send { public void Process() { } } [JobType(\"publish\")", "graph 'Send' is new, job 'send' of graph 'Send' is new, job type 'send' is new")]
    [InlineData("JobGraph(\"Daily\")", "JobGraph(\"Nightly\")", "dependency 'extract' → 'publish' of graph 'Daily' is gone, dependency 'extract' → 'publish' of graph 'Nightly' is new, graph 'Daily' is gone, and 5 more")]
    [InlineData("\"publish\"", "\"publish\", Retired = true", "dependency 'extract' → 'publish' of graph 'Daily' is gone")]
    public async Task OVS603_what_is_new_and_does_no_harm(string old, string replacement, string why)
    {
        var after = App.Replace(old, replacement, StringComparison.Ordinal);
        var message = Assert.Single(await Checked.ChangedAsync(App, after, "OVS603"));
        Assert.StartsWith($"overseer.lock.json is behind the code: {why}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int Org", "long Org", "Args.Org cannot be read there")]
    [InlineData("int Org, DateOnly Day", "DateOnly Day", "Args.Org cannot be read there")]
    [InlineData("Weekly = 7", "Weekly = 7, Yearly = 9", "Kind.Yearly cannot be read there")]
    [InlineData("Process(Args args)", "Process()", "'extract' wants args there")]
    [InlineData(", DependsOn<Extract>, JobGraph(\"Daily\")] public sealed class Publish { public void Process(Rows rows)", ", JobGraph(\"Daily\")] public sealed class Publish { public void Process()", "'publish' wants the result of 'extract' there")]
    public async Task OVS603_says_when_old_workers_must_stop_first(string old, string replacement, string why)
    {
        var after = App.Replace(old, replacement, StringComparison.Ordinal);
        var message = Assert.Single(await Checked.ChangedAsync(App, after, "OVS603"));
        Assert.EndsWith($"; update it, by the fix in the editor or by one build with -p:UpdateOverseerLock=true, and stop workers of older builds before the new one stores runs, because {why}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int A = 0", false)]
    [InlineData("[property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] int A = 0", true)]
    public async Task OVS603_stops_old_workers_for_a_member_that_is_not_always_written(string member, bool stops)
    {
        const string Before = "record Args(int A); [JobType(\"a\")] class A { public void Process(Args args) { } }";
        var message = Assert.Single(await Checked.ChangedAsync(Before, Before.Replace("int A", member, StringComparison.Ordinal), "OVS603"));
        Assert.Equal(stops, message.Contains("because Args.A cannot be read there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OVS603_does_not_stop_old_workers_for_what_they_do_not_see()
    {
        var message = Assert.Single(await Checked.ChangedAsync(App, App.Replace("Odd = 1)", "Odd = 1, int New = 0)", StringComparison.Ordinal), "OVS603"));
        Assert.DoesNotContain("stop workers", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"format\": 1, ", "", "a name in quotes is wanted, not the end")]
    [InlineData("<<<<<<< HEAD\n{}", "<", "a value is wanted, not '<', which looks like the mark of a merge")]
    [InlineData("{ \"format\": 1 } x", "x", "the end is wanted, not 'x'")]
    [InlineData("{ \"format\": 1, \"types\": {}, \"types\": {} }", "\"types\"", "\"types\" is there twice")]
    [InlineData("{ \"format\": 2 }", "2", "it has format 2, and this version of Overseer knows 1 only, so that a later one must have written it")]
    [InlineData("{ \"format\": \"1\" }", "\"1\"", "\"format\" is no number")]
    [InlineData("{ \"types\": {} }", "{", "it does not say its \"format\"")]
    [InlineData("[]", "[]", "\"the file\" is no object")]
    [InlineData("{ \"format\": 1, \"jobs\": {} }", "\"jobs\"", "\"jobs\" is not known here")]
    [InlineData("{ \"format\": 1, \"jobTypes\": { \"a\": { \"args\": 1 } } }", "1", "\"value\" is no text")]
    [InlineData("{ \"format\": 1, \"jobTypes\": { \"a\": { \"args\": \"Gone\" } } }", "{", "\"Gone\" is not among its \"types\"")]
    [InlineData("{ \"format\": 1, \"jobTypes\": { \"a\": { \"args\": \"map<int>\" } } }", "\"map<int>\"", "it does not say what a value is")]
    [InlineData("{ \"format\": 1, \"jobTypes\": { \"a\": { \"retired\": 1 } } }", "1", "\"retired\" is neither true nor false")]
    [InlineData("{ \"format\": 1, \"jobTypes\": { \"a\": { \"args\": \"text<Gone>\" } } }", "{", "\"Gone\" is not among its \"types\"")]
    [InlineData("{ \"format\": 1, \"types\": { \"A\": { \"enum\": \"int\", \"values\": { \"B\": null } } } }", "null", "\"B\" is no number")]
    [InlineData("{ \"format\": 1, \"jobTypes\": { \"a\": { \"formerly\": \"b\" } } }", "\"b\"", "\"formerly\" is no list")]
    public async Task OVS603_a_file_that_cannot_be_read_is_an_error(string text, string place, string why)
    {
        var message = Assert.Single(await Checked.LockedAsync([new LockText(text)], [App], [], place.Length == 0 ? "OVS603" : "OVS603: " + place));
        Assert.Equal($"overseer.lock.json cannot be read: {why}; take it from version control again, or use the version of Overseer that wrote it; if nothing is stored yet, empty it", message);
        Assert.All(await Checked.FindLockedAsync([App], new LockText(text)), diagnostic => Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Error, diagnostic.Severity));
    }

    [Fact]
    public async Task OVS603_deep_nesting_is_an_error_and_no_crash() =>
        await Checked.LockedAsync([new LockText("{ \"format\": " + new string('[', 100_000))], [App], [], "OVS603: [");

    [Fact]
    public void A_randomly_damaged_file_is_read_or_refused()
    {
        const int Cases = 5000;
        var (text, pool, refused) = (Checked.Lock([App]), "{}[]\",:\\ \n01-eux<?\0\ud800", 0);
        for (var seed = 1; seed <= Cases; seed++)
        {
            var random = new Random(seed);
            var damaged = new System.Text.StringBuilder(text);
            for (var times = 1 + random.Next(3); times > 0; times--)
            {
                var (start, length) = (random.Next(damaged.Length), random.Next(1, 30));
                if (random.Next(2) == 0) damaged.Remove(start, Math.Min(length, damaged.Length - start));
                else damaged.Insert(start, random.Next(3) == 0 ? text.Substring(random.Next(text.Length - length), length) : pool[random.Next(pool.Length)].ToString());
            }

            try
            {
                // What is read is a lock file, and can be written as one.
                var written = LockWriter.Write(LockReader.Read(damaged.ToString()).Model);
                Assert.Equal(written, LockWriter.Write(LockReader.Read(written).Model));
            }
            catch (LockFormatException error)
            {
                refused++;
                Assert.InRange(error.Span.End, error.Span.Start, damaged.Length);
            }
        }

        Assert.InRange(refused, Cases / 2, Cases - 1);
    }

    [Fact]
    public async Task OVS603_two_lock_files()
    {
        var text = Checked.Lock([App]);
        var message = Assert.Single(await Checked.LockedAsync([new LockText(text), new LockText(text, "/app/x/Overseer.Lock.json")], [App], [], "OVS603"));
        Assert.Equal("A project has one lock file, and this one has /app/overseer.lock.json as well; take one of the two out of its AdditionalFiles", message);
    }

    [Fact]
    public async Task OVS603_is_silent_where_one_file_is_given_twice()
    {
        var text = new LockText(Checked.Lock([App]));
        await Checked.LockedAsync([text, new LockText(text.GetText(TestContext.Current.CancellationToken).ToString())], [App], []);
    }

    [Theory]
    [InlineData("\n", "\r\n")]
    [InlineData("  ", "\t")]
    [InlineData("\n", " ")]
    public async Task OVS603_is_silent_where_only_the_layout_differs(string old, string replacement) =>
        await Checked.LockedAsync([new LockText(Checked.Lock([App]).Replace(old, replacement, StringComparison.Ordinal))], [App], []);

    [Theory]
    [InlineData("sealed record Args", "record Args")]
    [InlineData("(Args args)", "(Args given, CancellationToken token)")]
    [InlineData("List<Row> Parts", "IReadOnlyList<Row> Parts")]
    [InlineData("class Publish {", "class Publish { private int n;")]
    [InlineData("Dictionary<Kind, long>", "IReadOnlyDictionary<Kind, long>")]
    [InlineData("Rows", "Lines")]
    [InlineData("Kind : byte", "Sort : byte", "Kind Kind", "Sort Kind", "<Kind", "<Sort")]
    [InlineData("namespace Reports;", "namespace Renamed;")]
    public async Task OVS603_is_silent_where_what_is_stored_is_the_same(params string[] replacements)
    {
        var after = App;
        for (var index = 0; index < replacements.Length; index += 2) after = after.Replace(replacements[index], replacements[index + 1], StringComparison.Ordinal);
        await Checked.ChangedAsync(App, after);
    }

    [Fact]
    public async Task OVS603_is_silent_without_a_lock_file() => await Checked.Async(App);

    [Fact]
    public async Task OVS603_is_silent_where_there_is_worse_to_tell() =>
        await Checked.ChangedAsync(App, App.Replace("int Org", "string {|OVS602:Org|}", StringComparison.Ordinal).Replace("Odd = 1)", "Odd = 1, int New = 0)", StringComparison.Ordinal));

    [Fact]
    public void Text_of_a_value_is_read_as_it_is_written()
    {
        foreach (var text in new[] { "int", "int?", "any", "string[]?", "Reports.Row?[]", "set<int?>", "map<string, Reports.Page<int, string>>?", "text<int>", "converter<A.B<C, D>>", "map<text<Reports.Kind>, map<Guid, int[]>>", "global::Guid" })
            Assert.Equal(text, LockedValue.Parse(text)?.ToString());
        foreach (var text in new[] { "int" + string.Concat(Enumerable.Repeat("[]", 50_000)), "", " int", "int??", "map<int>", "?", "[]", "set<>" }) Assert.Null(LockedValue.Parse(text));
    }
}
