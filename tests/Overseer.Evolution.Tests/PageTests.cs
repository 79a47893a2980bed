using Microsoft.CodeAnalysis;
using Xunit;

namespace Overseer.Evolution.Tests;

public sealed class PageTests
{
    [Fact]
    public void Each_example_has_a_title_of_its_own_and_a_verdict()
    {
        Assert.Distinct(EvolutionPage.Changes.Select(change => change.Title));
        Assert.All(EvolutionPage.Changes, change => Assert.Contains(change.Verdict, (string[])["none", "OVS601", "OVS602", "OVS603"]));
    }

    [Fact]
    public void The_table_has_a_row_for_each_example() =>
        Assert.Equal(EvolutionPage.Changes.Select(Row), EvolutionPage.Rows);

    [Fact]
    public async Task Nothing_is_said_of_a_block_that_stands_alone()
    {
        foreach (var source in EvolutionPage.Changes.SelectMany(change => (IEnumerable<string?>)[change.Before, change.After, change.WayOut]).OfType<string>().Distinct())
        {
            var said = await Analysis.OfAsync(source);
            Assert.DoesNotContain(said, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning || diagnostic.Id.StartsWith("OVS", StringComparison.Ordinal));
        }
    }

    private static string Row(Change change)
    {
        var old = !change.IsAllowed ? "" : change.HarmByOld is null ? "may go on" : "stop first";
        return $"| [{change.Title}](#{change.Title.ToLowerInvariant().Replace(' ', '-')}) | {change.Verdict} | {old} |";
    }
}
