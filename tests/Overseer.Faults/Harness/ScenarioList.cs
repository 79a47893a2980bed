using System.Reflection;

namespace Overseer.Faults;

/// <summary>All scenarios, by the numbers of their faults: what the classes in Scenarios list.</summary>
internal static class ScenarioList
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. typeof(ScenarioList).Assembly.GetTypes()
            .Where(type => type != typeof(ScenarioList))
            .Select(type => type.GetProperty("All", BindingFlags.Static | BindingFlags.Public)?.GetValue(null))
            .OfType<IReadOnlyList<Scenario>>()
            .SelectMany(group => group)
            .OrderBy(scenario => NumberOf(scenario.Name)).ThenBy(scenario => scenario.Name, StringComparer.Ordinal),
    ];

    public static Scenario? Find(string name) => All.SingleOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.OrdinalIgnoreCase));

    private static int NumberOf(string name)
    {
        var digits = new string([.. name.Skip(1).TakeWhile(char.IsDigit)]);
        return name[0] == 'F' && digits.Length > 0 ? int.Parse(digits, null) : int.MaxValue;
    }
}
