using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Docs.Tests;

public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("src/Overseer/README.md")]
    public void The_readme_shows_the_first_sample_as_it_is_compiled(string readme) =>
        Assert.Equal(Repository.Read("samples/FirstRun/Program.cs"), Block().Match(Repository.Read(readme)).Groups["code"].Value);

    [Fact]
    public async Task The_first_sample_prints_what_it_should_and_only_once_per_key()
    {
        var folder = Directory.CreateTempSubdirectory("overseer-first-");
        try
        {
            for (var start = 0; start < 2; start++)
            {
                var (code, output) = await Repository.RunSampleAsync("FirstRun", folder.FullName);
                Assert.True(code == 0, output);
                Assert.Contains("run 1 finished: 3 of 3 jobs finished", output, StringComparison.Ordinal);
                Assert.Contains("Order 7: 59.70 + 11.34 tax = 71.04", output, StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var pages = Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories));
        var broken = pages.SelectMany(page => Link().Matches(File.ReadAllText(page))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
            .Select(target => $"{Path.GetRelativePath(Repository.Root, page)} → {target}"));
        Assert.Empty(broken);
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)[^)]*\)")]
    private static partial Regex Link();
}
