using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Overseer;

/// <summary>One option as configuration gives it: a name and text.</summary>
/// <param name="Name">The name, in any case.</param>
/// <param name="Form">What the text has to be.</param>
/// <param name="TrySet">Sets the option; false if the text is no such thing.</param>
internal sealed record OptionSetting(string Name, string Form, Func<OverseerOptions, string, bool> TrySet)
{
    private const string Span = "a time span such as 00:00:15 (15 seconds) or 00:00:00.500";

    // Read, and checked, by whoever they belong to.
    private static readonly string[] Sections = ["Store", "Sentry"];

    public static IReadOnlyList<OptionSetting> All { get; } =
    [
        Number(nameof(OverseerOptions.Concurrency), static (options, value) => options.Concurrency = value),
        Time(nameof(OverseerOptions.DetectorSleep), static (options, value) => options.DetectorSleep = value),
        Time(nameof(OverseerOptions.IdleSleep), static (options, value) => options.IdleSleep = value),
        Time(nameof(OverseerOptions.HeartbeatSleep), static (options, value) => options.HeartbeatSleep = value),
        Number(nameof(OverseerOptions.HeartbeatTolerance), static (options, value) => options.HeartbeatTolerance = value),
        new(nameof(OverseerOptions.MonitorFailure), string.Join(" or ", Enum.GetNames<MonitorFailureAction>()), static (options, text) =>
        {
            if (!Enum.TryParse<MonitorFailureAction>(text, ignoreCase: true, out var value) || !Enum.IsDefined(value)) return false;
            options.MonitorFailure = value;
            return true;
        }),
        Time(nameof(OverseerOptions.DrainTime), static (options, value) => options.DrainTime = value),
        Number(nameof(OverseerOptions.LossLimit), static (options, value) => options.LossLimit = value),
        Number(nameof(OverseerOptions.FaultLimit), static (options, value) => options.FaultLimit = value),
        Number(nameof(OverseerOptions.SnoozeLimit), static (options, value) => options.SnoozeLimit = value),
        Number(nameof(OverseerOptions.MaxPrefetch), static (options, value) => options.MaxPrefetch = value),
        Number(nameof(OverseerOptions.MaxPayloadBytes), static (options, value) => options.MaxPayloadBytes = value),
    ];

    /// <summary>Sets all options that the section has.</summary>
    /// <returns>What is malformed, in the wrong place, or nearly an option's name; a name that is near none may be the application's own.</returns>
    public static IEnumerable<string> Bind(IConfigurationSection section, OverseerOptions options)
    {
        foreach (var misspelt in SettingNames.FindMisspelt(section, [.. All.Select(known => known.Name), .. Sections])) yield return misspelt;
        foreach (var child in section.GetChildren())
        {
            if (Find(child.Key) is not { } setting)
            {
                if (Sections.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) continue;
                foreach (var misplaced in child.GetChildren())
                {
                    if (Find(misplaced.Key) is { } meant) yield return $"{misplaced.Path} is no option. Did you mean '{section.Key}:{meant.Name}'?";
                }
            }
            else if (child.Value is not { } text)
            {
                if (child.GetChildren().Any()) yield return $"{section.Key}:{setting.Name} has settings below it; it must be {setting.Form}.";
            }
            else if (!setting.TrySet(options, text))
            {
                yield return $"{section.Key}:{setting.Name} is {SettingNames.Shown(text)}; it must be {setting.Form}.";
            }
        }
    }

    private static OptionSetting? Find(string name) => All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static OptionSetting Number(string name, Action<OverseerOptions, int> set) => new(name, "a whole number", (options, text) =>
    {
        if (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)) return false;
        set(options, value);
        return true;
    });

    // A bare number would count days, which nobody means here.
    private static OptionSetting Time(string name, Action<OverseerOptions, TimeSpan> set) => new(name, Span, (options, text) =>
    {
        if (!text.Contains(':', StringComparison.Ordinal) || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value)) return false;
        set(options, value);
        return true;
    });
}
