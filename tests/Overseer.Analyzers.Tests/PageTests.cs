using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>What the pages show is what the analyzers say.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Ids => [.. Pages.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_example_of_a_page_gives_its_diagnostic_and_the_quoted_message(string id)
    {
        var found = await Checked.FindAsync(Pages.Code(id, "Example"));
        Assert.Equal([id], found.Select(diagnostic => diagnostic.Id).Distinct());
        Assert.Contains($"\n> {found[0].GetMessage(null)}\n", Pages.Read(id), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_fix_of_a_page_gives_none(string id)
    {
        var code = Pages.Code(id, "Fix");
        Assert.NotEmpty(code);
        Assert.Empty(await Checked.FindAsync(code));
    }
}
