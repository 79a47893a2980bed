using Overseer.Analyzers.Tests.Spellings;
using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>However a handler is spelled, each diagnostic is where it should be and nowhere else, and generated code compiles.</summary>
public sealed class SpellingTests
{
    private const int LeastSpellings = 3;

    // These are told of the lock file, which has one spelling.
    private static readonly string[] OfLockFile = ["OVS601", "OVS602", "OVS603"];

    public static TheoryData<string, string> Fires => Applicable(pair => pair.Fires);

    public static TheoryData<string, string> IsSilent => Applicable(pair => pair.IsSilent);

    [Theory]
    [MemberData(nameof(Fires))]
    public Task Each_diagnostic_is_told_in_every_spelling(string id, string spelling) => CheckAsync(Snippets.All[id].Fires, spelling);

    [Theory]
    [MemberData(nameof(IsSilent))]
    public Task Each_diagnostic_keeps_silent_in_every_spelling(string id, string spelling) => CheckAsync(Snippets.All[id].IsSilent, spelling);

    [Fact]
    public void Each_diagnostic_is_spelled_in_several_ways()
    {
        var ids = Checked.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Distinct().Except(OfLockFile);
        Assert.Equal(ids.Order(StringComparer.Ordinal), Snippets.All.Keys.Order(StringComparer.Ordinal));
        foreach (var (id, (fires, isSilent)) in Snippets.All)
        {
            Assert.Contains($"{{|{id}:", string.Concat(Text(fires, Spelling.All[0])), StringComparison.Ordinal);
            Assert.DoesNotContain("{|", string.Concat(Text(isSilent, Spelling.All[0])), StringComparison.Ordinal);
            foreach (var snippet in new[] { fires, isSilent })
            {
                var texts = Spelling.All.Select(spelling => string.Join('\n', Text(snippet, spelling))).Where(text => text.Length > 0).ToList();
                Assert.Equal(texts.Count, texts.Distinct().Count());
                Assert.True(texts.Count >= LeastSpellings + 1, $"{id} is spelled in {texts.Count - 1} other ways.");
            }
        }
    }

    private static IEnumerable<string> Text(Snippet snippet, Spelling spelling) => spelling.Write(snippet) is { } written ? [.. written.AllFiles, written.Library ?? ""] : [];

    private static TheoryData<string, string> Applicable(Func<(Snippet Fires, Snippet IsSilent), Snippet> choose) =>
    [
        .. from entry in Snippets.All
           from spelling in Spelling.All
           where spelling.Write(choose(entry.Value)) is not null
           select new TheoryDataRow<string, string>(entry.Key, spelling.Name),
    ];

    private static async Task CheckAsync(Snippet snippet, string spelling)
    {
        var written = Spelling.All.Single(candidate => candidate.Name == spelling).Write(snippet)!;
        await Checked.Async(written.AllFiles, written.Library is { } library ? [Checked.Library("Library", library)] : []);
    }
}
