namespace Overseer.Faults;

/// <summary>All scenarios, by the numbers of their faults.</summary>
internal static class ScenarioList
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. new[] { KilledWorkers.All, Zombies.All, LostAnswers.All, FanIns.All, Claims.All, BadEnds.All, Inserts.All, Mixes.All }.SelectMany(group => group).OrderBy(scenario => NumberOf(scenario.Name)).ThenBy(scenario => scenario.Name, StringComparer.Ordinal),
    ];

    public static Scenario? Find(string name) => All.SingleOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.OrdinalIgnoreCase));

    private static int NumberOf(string name)
    {
        var digits = new string([.. name.Skip(1).TakeWhile(char.IsDigit)]);
        return name[0] == 'F' && digits.Length > 0 ? int.Parse(digits, null) : int.MaxValue;
    }
}
