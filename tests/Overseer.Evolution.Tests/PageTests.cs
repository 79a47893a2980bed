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
    public void Each_block_compiles_without_a_warning()
    {
        foreach (var change in EvolutionPage.Changes)
        {
            foreach (var source in new[] { change.Before, change.After, change.WayOut }.OfType<string>())
                Assert.DoesNotContain(AppBuild.Compile(source).GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591");
        }
    }
}
