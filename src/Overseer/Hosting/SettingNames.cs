using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Overseer;

/// <summary>Finds settings that are misspelt, for the packages that read a section of the configuration.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SettingNames
{
    /// <summary>Looks for keys that are no known name, and nearly one. A key that is near none may be somebody else's.</summary>
    /// <param name="section">The section that has the keys.</param>
    /// <param name="names">The known names; case does not matter.</param>
    /// <returns>A sentence for each such key, with the name that was probably meant.</returns>
    public static IEnumerable<string> FindMisspelt(IConfigurationSection section, params IReadOnlyList<string> names) =>
        section.GetChildren()
            .Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => (child.Path, Nearest: EditDistance.Nearest(child.Key, names)))
            .Where(misspelt => misspelt.Nearest is not null)
            .Select(misspelt => $"{misspelt.Path} is no option. Did you mean '{misspelt.Nearest}'?");

    /// <summary>A value as a message may show it, in quotes and cut; not one that may be a connection string which stands at the wrong name.</summary>
    /// <param name="value">The value of a setting.</param>
    public static string Shown(string value) => value.AsSpan().ContainsAny('=', ':', '@') && !TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _)
        ? "set to what is not shown here, as it may hold a secret"
        : $"'{FailureText.Clean(value, 80)}'";
}
