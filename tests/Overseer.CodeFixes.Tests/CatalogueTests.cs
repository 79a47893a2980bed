using System.Reflection;
using System.Text.RegularExpressions;
using Overseer.Analyzers.Tests;
using Xunit;

namespace Overseer.CodeFixes.Tests;

/// <summary>A fix is a provider, a line on the page of its diagnostic, and tests of its own.</summary>
public sealed partial class CatalogueTests
{
    // Those that can be mended without knowing more than the code says.
    private static readonly string[] Mechanical =
        ["OVS101", "OVS102", "OVS104", "OVS201", "OVS203", "OVS204", "OVS302", "OVS303", "OVS306", "OVS701", "OVS702", "OVS703"];

    private static readonly string[] WithFix =
        [.. Providers.All.SelectMany(provider => provider.FixableDiagnosticIds).Where(id => id.StartsWith("OVS", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Fact]
    public void What_is_mechanical_has_a_fix() => Assert.Empty(Mechanical.Except(WithFix));

    [Fact]
    public void Each_fix_has_all_its_parts()
    {
        var problems = WithFix.Distinct().SelectMany(FindProblems).ToList();
        problems.AddRange(Pages.Ids.Except(WithFix).Where(id => Pages.Read(id).Contains("Fix in the IDE", StringComparison.Ordinal)).Select(id => $"{id}: its page speaks of a fix that is not there"));
        Assert.Empty(problems);
    }

    private static IEnumerable<string> FindProblems(string id)
    {
        if (WithFix.Count(other => other == id) > 1) yield return $"{id}: more than one provider";
        if (!Pages.Ids.Contains(id)) yield return $"{id}: no page docs/diagnostics/{id}.md";
        else if (Line().Count(Pages.Read(id)) != 1) yield return $"{id}: no line 'Fix in the IDE: …' under '## Fix' of its page";
        if (!TestNames().Any(test => test.StartsWith(id + "_", StringComparison.Ordinal))) yield return $"{id}: no test '{id}_…'";
    }

    private static IEnumerable<string> TestNames() =>
        typeof(CatalogueTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .Select(method => method.Name);

    [GeneratedRegex(@"(?<=\n## Fix\n(?:(?!\n## ).)*\n)Fix in the IDE: [a-z`].*?\.\n\n", RegexOptions.Singleline)]
    private static partial Regex Line();
}
