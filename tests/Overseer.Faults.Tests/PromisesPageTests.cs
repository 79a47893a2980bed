using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Overseer.Faults.Tests;

/// <summary>What docs/promises.md names is there.</summary>
public sealed partial class PromisesPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "promises.md"));

    private static readonly string Root = typeof(PromisesPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Root").Value!;

    private static readonly Lazy<Dictionary<string, string>> TestClasses = new(() => Directory.GetFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .SelectMany(path => File.ReadAllText(path) is var text ? TestClass().Matches(text).Select(match => (Name: match.Groups[1].Value, Text: text)) : [])
        .GroupBy(each => each.Name)
        .ToDictionary(group => group.Key, group => string.Concat(group.Select(each => each.Text))));

    [Fact]
    public void Each_fault_has_a_row_that_names_what_stages_it_or_says_why_nothing_does()
    {
        for (var number = 1; number <= 70; number++)
        {
            var row = Assert.Single(Lines, line => line.StartsWith($"| F{number} |", StringComparison.Ordinal));
            var by = row.Split('|')[3];
            Assert.True(Names(by).Any() || by.Contains("out of scope: ", StringComparison.Ordinal), row);
        }
    }

    [Fact]
    public void Each_invariant_has_a_row() => Assert.All(Enumerable.Range(1, 14), number => Assert.Single(Lines, line => line.StartsWith($"| I{number} |", StringComparison.Ordinal)));

    [Fact]
    public void Each_name_is_a_scenario_a_twin_or_a_test()
    {
        foreach (var name in Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).SelectMany(line => line.Split('|').Skip(3).SelectMany(Names)))
        {
            if (ScenarioList.Find(name) is not null || Twins.All.Any(twin => twin.Name == name)) continue;
            var (type, method) = (name.Split('.')[0], name.Split('.').ElementAtOrDefault(1));
            Assert.True(TestClasses.Value.TryGetValue(type, out var text), $"'{name}' is no scenario, no twin and no test.");
            Assert.True(method is null || text.Contains($" {method}(", StringComparison.Ordinal), $"{type} has no test '{method}'.");
        }
    }

    [Fact]
    public void Each_scenario_and_each_twin_is_named()
    {
        var named = Lines.SelectMany(Names).ToHashSet();
        Assert.All(ScenarioList.All.Where(scenario => !scenario.IsLong || scenario.Name[0] == 'F'), scenario => Assert.Contains(scenario.Name, named));
        Assert.All(Twins.All, twin => Assert.Contains(twin.Name, named));
    }

    private static IEnumerable<string> Names(string text) => Quoted().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([A-Za-z0-9_.-]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex TestClass();
}
