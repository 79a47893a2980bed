using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Overseer.Analyzers.Tests;

/// <summary>A diagnostic is a descriptor, a page with its row in the index, an entry in the release file, and tests of where it fires and where it does not.</summary>
public sealed partial class CatalogueTests
{
    private static readonly Dictionary<string, DiagnosticDescriptor> Descriptors = Checked.Analyzers
        .SelectMany(analyzer => analyzer.SupportedDiagnostics)
        .DistinctBy(descriptor => descriptor.Id)
        .ToDictionary(descriptor => descriptor.Id);

    [Fact]
    public void Every_diagnostic_has_all_its_parts()
    {
        var released = Releases();
        var index = IndexRow().Matches(Pages.Read("README")).ToDictionary(match => match.Groups["id"].Value, match => match.Groups["severity"].Value);
        var tests = TestNames().ToList();
        var problems = Descriptors.Values.SelectMany(descriptor => FindProblems(descriptor, released, index, tests)).ToList();
        problems.AddRange(Pages.Ids.Except(Descriptors.Keys).Select(id => $"{id}: a page of no diagnostic"));
        problems.AddRange(released.Keys.Except(Descriptors.Keys).Select(id => $"{id}: a release entry of no diagnostic"));
        problems.AddRange(index.Keys.Except(Descriptors.Keys).Select(id => $"{id}: a row of the index of no diagnostic"));
        Assert.Empty(problems);
    }

    private static IEnumerable<string> FindProblems(DiagnosticDescriptor descriptor, Dictionary<string, string> released, Dictionary<string, string> index, List<string> tests)
    {
        var (id, severity) = (descriptor.Id, descriptor.DefaultSeverity.ToString());
        if (!Pages.Ids.Contains(id)) yield return $"{id}: no page docs/diagnostics/{id}.md";
        else if (!Pages.Read(id).StartsWith($"# {id}: {descriptor.Title}\n\n**{severity}**", StringComparison.Ordinal)) yield return $"{id}: its page does not begin with '# {id}: {descriptor.Title}' and '**{severity}**'";
        if (descriptor.HelpLinkUri != Generators.Analyzers.Descriptors.Pages + id + ".md") yield return $"{id}: its link is '{descriptor.HelpLinkUri}'";
        if (!index.TryGetValue(id, out var shown) || shown != severity) yield return $"{id}: no row '| [{id}]({id}.md) | {severity} |' in docs/diagnostics/README.md";
        if (!released.TryGetValue(id, out var entry) || entry != $"{descriptor.Category} {severity}") yield return $"{id}: no entry '{id} | {descriptor.Category} | {severity}' in AnalyzerReleases.Unshipped.md";
        if (!tests.Exists(test => test.StartsWith(id + "_", StringComparison.Ordinal) && !test.StartsWith(id + "_is_silent", StringComparison.Ordinal))) yield return $"{id}: no test of where it fires, '{id}_…'";
        if (!tests.Exists(test => test.StartsWith(id + "_is_silent", StringComparison.Ordinal))) yield return $"{id}: no test of where it does not, '{id}_is_silent_…'";
        if (descriptor.MessageFormat.ToString(null).EndsWith('.')) yield return $"{id}: its message ends in a full stop";
    }

    private static Dictionary<string, string> Releases() =>
        new[] { "Shipped", "Unshipped" }
            .SelectMany(kind => File.ReadLines(Path.Combine(Pages.Root, "generators", "Overseer.Generators", $"AnalyzerReleases.{kind}.md")))
            .Where(line => line.StartsWith("OVS", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(entry => entry[0], entry => $"{entry[1]} {entry[2]}");

    private static IEnumerable<string> TestNames() =>
        typeof(CatalogueTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .Select(method => method.Name);

    [GeneratedRegex(@"^\| \[(?<id>OVS\d+)\]\(\k<id>\.md\) \| (?<severity>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex IndexRow();
}
