using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Docs.Tests;

/// <summary>Keeps docs/generated-code.md the same as what the generator emits. <c>OVERSEER_UPDATE_DOCS=1</c> rewrites the page.</summary>
public sealed partial class GeneratedCodeTests
{
    private const string Page = "docs/generated-code.md";

    [Fact]
    public void The_page_shows_what_the_generator_emits_for_the_sample()
    {
        var page = Repository.Read(Page);
        var now = Block().Replace(page, match => $"<!-- {match.Groups["file"].Value} -->\n```csharp\n{Generated(match.Groups["file"].Value)}```\n");
        if (Environment.GetEnvironmentVariable("OVERSEER_UPDATE_DOCS") == "1") File.WriteAllText(Path.Combine(Repository.Root, Page), now);
        else Assert.Equal(now, page);
        Assert.True(Block().Count(page) >= 4, "The page has lost its blocks.");
    }

    private static string Generated(string file) => Repository.Read(Path.Combine(
        "samples/QuickStart/obj", Repository.Configuration, "net10.0/generated/Overseer.Generators/Overseer.Generators.JobGenerator", file)).TrimStart('\ufeff');

    [GeneratedRegex("<!-- (?<file>[\\w.]+\\.g\\.cs) -->\n```csharp\n.*?```\n", RegexOptions.Singleline)]
    private static partial Regex Block();
}
