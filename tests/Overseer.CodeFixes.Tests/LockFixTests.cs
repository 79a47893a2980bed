using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Overseer.CodeFixes.Fixes;
using Overseer.Generators.Lock;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>The fixes of OVS601 to OVS603: what they leave is what the lock file allows.</summary>
public sealed class LockFixTests
{
    private const string Handler = """

        [JobType("a")]
        public sealed class A
        {
            public void Process(Args args) { }
        }
        """;

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    public async Task OVS603_an_empty_lock_file_is_written(string text)
    {
        var solution = Open("public sealed record Args(int Value);" + Handler, text);
        var after = await FixAsync<UpdateLockFix>(solution, "Update overseer.lock.json");
        Assert.Equal(await LockAsync(solution), await LockTextAsync(after));
        Assert.Empty(await AnalyzeAsync(after));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task OVS603_compatible_changes_are_accepted(string line)
    {
        var locked = (await LockAsync(Open("public sealed record Args(int Value);" + Handler))).Replace("\n", line, StringComparison.Ordinal);
        var after = await FixAsync<UpdateLockFix>(Open("public sealed record Args(int Value, string? Note = null);" + Handler, locked), "Update overseer.lock.json");
        Assert.Contains($"\"Note\": \"string? optional\",{line}", await LockTextAsync(after), StringComparison.Ordinal);
        Assert.Empty(await AnalyzeAsync(after));
    }

    [Theory]
    [InlineData("{ \"format\": 99 }")]
    [InlineData("<<<<<<<")]
    public async Task OVS603_a_lock_file_that_cannot_be_read_is_not_overwritten(string text) =>
        Assert.Empty(await OfferAsync<UpdateLockFix>(Open("public sealed record Args(int Value);" + Handler, text)));

    [Theory]
    [InlineData("[JobType(\"b\")]", "[JobType(\"b\", Formerly = [\"a\"])]")]
    [InlineData("[JobType(name: \"b\")]", "[JobType(name: \"b\", Formerly = [\"a\"])]")]
    [InlineData("[JobType(\"b\", Formerly = [])]", "[JobType(\"b\", Formerly = [\"a\"])]")]
    [InlineData("[JobType(\"b\", Formerly = [\"x\", \"y\"])]", "[JobType(\"b\", Formerly = [\"a\", \"x\", \"y\"])]")]
    [InlineData("[JobType(\"b\", Formerly = new[] { \"x\" })]", "[JobType(\"b\", Formerly = new[] { \"a\", \"x\" })]")]
    [InlineData("[JobType(\"b\", Formerly = new string[] { \"x\" })]", "[JobType(\"b\", Formerly = new string[] { \"a\", \"x\" })]")]
    [InlineData("[Overseer.JobTypeAttribute(\"b\")]", "[Overseer.JobTypeAttribute(\"b\", Formerly = [\"a\"])]")]
    public async Task OVS601_a_job_type_is_kept_as_a_former_name(string attribute, string expected)
    {
        const string Args = "public sealed record Args(int Value);";
        var source = Args + Handler.Replace("[JobType(\"a\")]", attribute, StringComparison.Ordinal);
        var after = await FixAsync<KeepJobTypeFix>(Open(source, await LockAsync(Open(Args + Handler))), "Keep 'a' as a former name of A");
        Assert.Equal(Args + Handler.Replace("[JobType(\"a\")]", expected, StringComparison.Ordinal), await SourceAsync(after));
        Assert.Equal(["OVS603"], (await AnalyzeAsync(after)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task OVS601_a_former_name_that_was_dropped_is_kept()
    {
        const string Args = "public sealed record Args(int Value);";
        var locked = await LockAsync(Open(Args + Handler.Replace("\"a\"", "\"a\", Formerly = [\"old\"]", StringComparison.Ordinal)));
        var after = await FixAsync<KeepJobTypeFix>(Open(Args + Handler, locked), "Keep 'old' as a former name of A");
        Assert.Empty(await AnalyzeAsync(after));
    }

    [Fact]
    public async Task OVS601_nothing_is_offered_where_no_handler_took_its_place()
    {
        const string Other = "[JobType(\"b\")] public sealed class B { public void Process(string text) { } } [JobType(\"c\")] public sealed class C { public void Process(string text) { } }";
        var solution = Open(Other, await LockAsync(Open("public sealed record Args(int Value);" + Handler)));
        Assert.Equal(["OVS601"], (await AnalyzeAsync(solution)).Select(diagnostic => diagnostic.Id));
        Assert.Empty(await OfferAsync<KeepJobTypeFix>(solution));
    }

    [Theory]
    [InlineData("record Args(int Old);", "record Args(int New);", "record Args([WasNamed(\"Old\")] int New);")]
    [InlineData("record Args(int Old);", "record Args([property: Obsolete] int New = 0);", "record Args([WasNamed(\"Old\")] [property: Obsolete] int New = 0);")]
    [InlineData("record Args([WasNamed(\"Older\")] int Old);", "record Args([WasNamed(\"Older\")] int New);", "record Args([WasNamed(\"Old\", \"Older\")] int New);")]
    [InlineData("record Args([WasNamed(\"Older\")] int Old);", "record Args([property: WasNamed([\"Older\"])] int New);", "record Args([property: WasNamed([\"Old\", \"Older\"])] int New);")]
    [InlineData("record Args([WasNamed(\"Old\")] int New);", "record Args(int New);", "record Args([WasNamed(\"Old\")] int New);")]
    [InlineData("class Args { public int Old; }", "class Args { public int New; }", "class Args { [WasNamed(\"Old\")] public int New; }")]
    [InlineData("class Args\n{\n    public int Old { get; set; }\n}", "class Args\n{\n    // The new one.\n    public int New { get; set; }\n}", "class Args\n{\n    // The new one.\n    [WasNamed(\"Old\")]\n    public int New { get; set; }\n}")]
    public async Task OVS602_a_member_keeps_its_old_name(string before, string after, string expected)
    {
        var fixedSolution = await FixAsync<KeepMemberNameFix>(Open("public " + after + Handler, await LockAsync(Open("public " + before + Handler))), "Say [WasNamed(\"Old\")]");
        Assert.Equal("public " + expected + Handler, await SourceAsync(fixedSolution));
        Assert.DoesNotContain(await AnalyzeAsync(fixedSolution), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("int Old", "int New", "[property: WasNamed(\"Old\")] int New")]
    [InlineData("[property: WasNamed(\"Older\")] int Old", "[property: WasNamed(\"Older\")] int New", "[property: WasNamed(\"Old\", \"Older\")] int New")]
    [InlineData("int Old", "[WasNamed(\"Older\")] int New", "[property: WasNamed(\"Old\", \"Older\")] int New")]
    public async Task OVS602_a_member_of_a_base_record_keeps_its_old_name(string before, string after, string expected)
    {
        static string Source(string member) => $"public record Base({member}); public sealed record Args(string Text) : Base(5);" + Handler;
        var fixedSolution = await FixAsync<KeepMemberNameFix>(Open(Source(after), await LockAsync(Open(Source(before)))), "Say [property: WasNamed(\"Old\")]");
        Assert.Equal(Source(expected), await SourceAsync(fixedSolution));
        Assert.DoesNotContain(await AnalyzeAsync(fixedSolution), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task OVS602_a_member_of_a_record_that_is_made_by_another_constructor_keeps_its_old_name()
    {
        static string Source(string member, string name) =>
            $"public sealed record Args({member}) {{ [System.Text.Json.Serialization.JsonConstructor] public Args() : this(0) {{ }} public int Twice => 2 * {name}; }}" + Handler;
        var fixedSolution = await FixAsync<KeepMemberNameFix>(Open(Source("int New", "New"), await LockAsync(Open(Source("int Old", "Old")))), "Say [property: WasNamed(\"Old\")]");
        Assert.Equal(Source("[property: WasNamed(\"Old\")] int New", "New"), await SourceAsync(fixedSolution));
        Assert.DoesNotContain(await AnalyzeAsync(fixedSolution), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("record Args(int Old);", "record Args(string Old);")]
    [InlineData("record Args(int Old);", "record Args(int Old, string New);")]
    [InlineData("class Args { public int Old; public string? Text; }", "class Args { public int New, Newer; public string? Text; }")]
    public async Task OVS602_nothing_is_offered_for_what_a_name_does_not_mend(string before, string after) =>
        Assert.Empty(await OfferAsync<KeepMemberNameFix>(Open("public " + after + Handler, await LockAsync(Open("public " + before + Handler)))));

    private static Solution Open(string source, string? locked = null)
    {
        var solution = Sandbox.Open([source]);
        return locked is null ? solution : solution.AddAdditionalDocument(DocumentId.CreateNewId(solution.ProjectIds[0]), "overseer.lock.json", locked, filePath: "/Main/overseer.lock.json");
    }

    private static async Task<string> LockAsync(Solution solution)
    {
        var compilation = await solution.Projects.Single().GetCompilationAsync(TestContext.Current.CancellationToken);
        return LockWriter.Write(LockedCode.Of(compilation!)!.Model);
    }

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(Solution solution)
    {
        var project = solution.Projects.Single();
        var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var found = await compilation!.WithAnalyzers(Projects.Analyzers, project.AnalyzerOptions).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id.StartsWith("OVS", StringComparison.Ordinal) || diagnostic.Id == "AD0001")];
    }

    private static async Task<Solution> FixAsync<TFix>(Solution solution, string title)
        where TFix : CodeFixProvider, new()
    {
        var action = Assert.Single(await OfferAsync<TFix>(solution));
        Assert.Equal(title, action.Title);
        return (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private static async Task<IReadOnlyList<CodeAction>> OfferAsync<TFix>(Solution solution)
        where TFix : CodeFixProvider, new()
    {
        var (provider, offered) = (new TFix(), new List<CodeAction>());
        foreach (var diagnostic in (await AnalyzeAsync(solution)).Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            var document = solution.GetDocument(diagnostic.Location.SourceTree) ?? solution.Projects.Single().AdditionalDocuments.Single();
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), TestContext.Current.CancellationToken));
        }

        return offered;
    }

    private static async Task<string> SourceAsync(Solution solution) =>
        (await solution.Projects.Single().Documents.Last().GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    private static async Task<string> LockTextAsync(Solution solution) =>
        (await solution.Projects.Single().AdditionalDocuments.Single().GetTextAsync(TestContext.Current.CancellationToken)).ToString();
}
