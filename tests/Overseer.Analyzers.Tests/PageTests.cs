using Microsoft.CodeAnalysis;
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
        var found = await FindAsync(id, "Example", Pages.Code(id, "Locked"));
        Assert.Equal([id], found.Select(diagnostic => diagnostic.Id).Distinct());
        Assert.Contains($"\n> {found[0].GetMessage(null)}\n", Pages.Read(id), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_fix_of_a_page_gives_none(string id)
    {
        var code = Pages.Code(id, "Fix");
        Assert.NotEmpty(code);
        // What is mended goes with what was locked; the lock file then is what is behind, unless that was what was mended.
        var locked = id == "OVS603" ? code : Pages.Code(id, "Locked");
        Assert.Equal(locked.Length == 0 || id == "OVS603" ? [] : ["OVS603"], (await FindAsync(id, "Fix", locked)).Select(diagnostic => diagnostic.Id));
    }

    private static Task<IReadOnlyList<Diagnostic>> FindAsync(string id, string heading, string[] locked) => locked.Length == 0
        ? Checked.FindAsync(Pages.Code(id, heading))
        : Checked.FindLockedAsync(Pages.Code(id, heading), new LockText(Checked.Lock(locked)));
}
