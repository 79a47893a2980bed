using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Docs.Tests;

/// <summary>The threat model names tests as its evidence: each of them exists.</summary>
public sealed partial class ThreatModelTests
{
    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests*.cs", SearchOption.AllDirectories).Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj")).Select(File.ReadAllText)];

    [Fact]
    public void Every_test_that_the_page_cites_exists()
    {
        var page = Repository.Read("docs/threat-model.md");
        Assert.True(Cited().Count(page) >= 25, "The page has lost its tests.");
        Assert.Empty(FindMissing(page));
    }

    [Theory]
    [InlineData("`ThreatModelTests.Every_test_that_the_page_cites_exists`")]
    [InlineData("`QuickStartTests.The_graph_is_printed`")]
    [InlineData("`ThreatModelTests.Every_test`", "ThreatModelTests.Every_test")]
    [InlineData("`ThreatModelTests.The_graph_is_printed`", "ThreatModelTests.The_graph_is_printed")]
    [InlineData("`NowhereTests.The_graph_is_printed`, `ThreatModelTests.FindMissing`", "NowhereTests.The_graph_is_printed", "ThreatModelTests.FindMissing")]
    public void A_test_that_is_not_there_is_found(string text, params string[] expected) => Assert.Equal(expected, FindMissing(text));

    [Fact]
    public void The_page_and_the_policy_are_linked()
    {
        Assert.All(["README.md", "docs/security.md", "SECURITY.md"], (string page) => Assert.Contains("threat-model.md)", Repository.Read(page), StringComparison.Ordinal));
        Assert.All(["README.md", "docs/security.md"], (string page) => Assert.Contains("SECURITY.md)", Repository.Read(page), StringComparison.Ordinal));
    }

    private static IEnumerable<string> FindMissing(string text) => Cited().Matches(text)
        .Where(cited => !Sources.Any(source =>
            Regex.IsMatch(source, $@"\bclass {cited.Groups["class"].Value}\b")
            && Regex.IsMatch(source, $@"\[(Fact|Theory)(?:\(.*\))?\](?:\s*\[[^\n]*)*\s*public (async )?(Task|void) {cited.Groups["test"].Value}\(")))
        .Select(cited => $"{cited.Groups["class"].Value}.{cited.Groups["test"].Value}");

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<test>\w+)`")]
    private static partial Regex Cited();
}
