using Microsoft.CodeAnalysis;
using Overseer.Analyzers.Tests.Spellings;
using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>What the compiler is told of a diagnostic holds for each of them.</summary>
public sealed class SuppressionTests
{
    /// <summary>Where two references are at odds, which is told when the compilation ends: at the line that comes to it, if there is one.</summary>
    private static readonly Dictionary<string, string> AtEnd = new()
    {
        ["OVS102"] = "class Program { private static JobHandlerMap Map => Checked.JobHandlers.All; }",
        ["OVS205"] = "class Program { private static JobGraph Make(int number) => JobGraphs.CreateDaily(number); }",
    };

    public static TheoryData<string> Ids => [.. Snippets.All.Keys];

    public static TheoryData<string> IdsAtEnd => [.. AtEnd.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_pragma_silences_each(string id)
    {
        var source = Source(id);
        Assert.Equal([id], await FindAsync(source));
        Assert.Empty(await FindAsync($"#pragma warning disable {id}\n{source}"));
        Assert.Empty(await FindAsync($"#pragma warning disable {id}\n{source}\n#pragma warning restore {id}"));
        Assert.Equal([id], await FindAsync($"#pragma warning disable {id}\n#pragma warning restore {id}\n{source}"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_editorconfig_gives_each_its_severity(string id)
    {
        foreach (var (severity, expected) in new[] { ("error", DiagnosticSeverity.Error), ("warning", DiagnosticSeverity.Warning), ("suggestion", DiagnosticSeverity.Info), ("silent", DiagnosticSeverity.Hidden) })
        {
            var diagnostic = Assert.Single(await Checked.ConfiguredAsync([Source(id)], Severity(id, severity)));
            Assert.Equal((id, expected), (diagnostic.Id, diagnostic.Severity));
        }

        Assert.Empty(await Checked.ConfiguredAsync([Source(id)], Severity(id, "none")));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task SuppressMessage_silences_each(string id)
    {
        var fires = Snippets.All[id].Fires;
        Assert.Empty(await FindAsync(Write(fires with { Attributes = fires.Attributes + Suppress(id) })));
        Assert.Empty(await FindAsync(Write(fires with { Assembly = Suppress(id, "assembly: ") + fires.Assembly })));
        Assert.Equal([id], await FindAsync(Write(fires with { Attributes = fires.Attributes + Suppress("OVS999") })));
    }

    [Theory]
    [MemberData(nameof(IdsAtEnd))]
    public async Task What_is_told_at_the_end_is_silenced_in_the_same_ways(string id)
    {
        var source = AtEnd[id];
        Assert.Equal([id], await FindAsync(source, References));
        Assert.Empty(await FindAsync($"#pragma warning disable {id}\n{source}", References));
        Assert.Empty(await FindAsync($"{Suppress(id)} {source}", References));
        Assert.Empty(await FindAsync($"{Suppress(id, "assembly: ")} {source}", References));
        Assert.Empty(Of(id, await Checked.ConfiguredAsync([source], Severity(id, "none"), References)));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(Of(id, await Checked.ConfiguredAsync([source], Severity(id, "warning"), References))).Severity);
    }

    [Theory]
    [MemberData(nameof(IdsAtEnd))]
    public async Task What_has_no_place_is_silenced_for_the_project(string id)
    {
        Assert.Equal(Location.None, Assert.Single(Of(id, await Checked.FindAsync(["class Plain;"], References))).Location);
        Assert.Empty(await FindAsync(Suppress(id, "assembly: "), References, id));
        Assert.Empty(Of(id, await Checked.ConfiguredAsync(["class Plain;"], Severity(id, "none").Replace("[*.cs]", "is_global = true", StringComparison.Ordinal), References)));
    }

    [Fact]
    public async Task A_pragma_silences_the_line_it_stands_around() =>
        await Checked.Async("""
            class Plain;
            #pragma warning disable OVS201
            [JobType("a")] [DependsOn<Plain>] class A { public void Process() { } }
            #pragma warning restore OVS201
            [JobType("b")] [{|OVS201:DependsOn<Plain>|}] class B { public void Process() { } }
            """);

    [Fact]
    public async Task Nothing_is_said_in_a_project_without_handlers() => await Checked.Async("class Plain { public void Process() { } }");

    private static MetadataReference[] References { get; } =
    [
        Checked.Library("One", """namespace One { [JobType("load"), JobGraph("Daily")] public class Load { public void Process(int number) { } } }"""),
        Checked.Library("Two", """namespace Two { [JobType("load"), JobGraph("Daily")] public class Load { public void Process(string text) { } } }"""),
    ];

    private static string Source(string id) => Write(Snippets.All[id].Fires);

    private static string Write(Snippet snippet) => Assert.Single(Spelling.All[0].Write(snippet)!.Files);

    private static string Suppress(string id, string target = "") => $"""[{target}System.Diagnostics.CodeAnalysis.SuppressMessage("Overseer", "{id}", Justification = "A test.")]""";

    private static string Severity(string id, string severity) => $"[*.cs]\ndotnet_diagnostic.{id}.severity = {severity}\n";

    private static IEnumerable<Diagnostic> Of(string id, IEnumerable<Diagnostic> found) => found.Where(diagnostic => diagnostic.Id == id);

    private static async Task<IEnumerable<string>> FindAsync(string source) => (await Checked.FindAsync([source])).Select(diagnostic => diagnostic.Id);

    // The references are at odds in two ways, of which one is looked at.
    private static async Task<IEnumerable<string>> FindAsync(string source, MetadataReference[] references, string? id = null)
    {
        id ??= AtEnd.Single(pair => source.Contains(pair.Value, StringComparison.Ordinal)).Key;
        return Of(id, await Checked.FindAsync([source], references)).Select(diagnostic => diagnostic.Id);
    }
}
