using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Overseer.Sqlite;

/// <summary>The store as the section <c>Overseer:Store</c> describes it.</summary>
internal sealed record SqliteSettings(SqliteConnectionStringBuilder ConnectionString, SqliteStoreOptions Options)
{
    private static readonly string[] Names =
        ["Adapter", "Path", "ConnectionString", nameof(SqliteStoreOptions.BusyTimeout), nameof(SqliteStoreOptions.SurvivePowerLoss)];

    /// <exception cref="InvalidOperationException">Something is missing, malformed or misspelt; all of it is listed.</exception>
    public static SqliteSettings Read(IConfigurationSection section)
    {
        var problems = SettingNames.FindMisspelt(section, Names).ToList();
        var options = new SqliteStoreOptions();
        if (section[nameof(options.BusyTimeout)] is { Length: > 0 } time)
        {
            // A bare number would count days, which nobody means here.
            if (time.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(time, CultureInfo.InvariantCulture, out var timeout) && SqliteStoreOptions.IsBusyTimeout(timeout))
                options.BusyTimeout = timeout;
            else
                problems.Add(Malformed(nameof(options.BusyTimeout), "a time span such as 00:00:30 (30 seconds), from 1 second to 1 hour"));
        }

        if (section[nameof(options.SurvivePowerLoss)] is { Length: > 0 } survives)
        {
            if (bool.TryParse(survives, out var value)) options.SurvivePowerLoss = value;
            else problems.Add(Malformed(nameof(options.SurvivePowerLoss), "true or false"));
        }

        var connectionString = ReadConnectionString(section, problems);
        if (problems.Count == 0) return new SqliteSettings(connectionString, options);
        throw new InvalidOperationException($"The store cannot be opened as it is configured:{string.Concat(problems.Select(problem => $"\n  - {problem}"))}");

        string Malformed(string name, string form) => $"{section.Path}:{name} is {SettingNames.Shown(section[name]!)}; it must be {form}.";
    }

    private static SqliteConnectionStringBuilder ReadConnectionString(IConfigurationSection section, List<string> problems)
    {
        switch (section["Path"], section["ConnectionString"])
        {
            case ({ Length: > 0 } path, null or ""):
                return new SqliteConnectionStringBuilder { DataSource = path };
            case (null or "", { Length: > 0 } given):
                try
                {
                    return new SqliteConnectionStringBuilder(given);
                }
                catch (ArgumentException)
                {
                    problems.Add($"{section.Path}:ConnectionString is no connection string for SQLite. Correct it, such as 'Data Source=overseer.db', or set {section.Path}:Path.");
                }

                break;
            case ({ Length: > 0 }, { Length: > 0 }):
                problems.Add($"{section.Path}:Path and {section.Path}:ConnectionString are both set. Leave one of them.");
                break;
            default:
                problems.Add($"{section.Path}:Path is not set. Set it to the file that the store shall use, such as 'overseer.db'.");
                break;
        }

        return new SqliteConnectionStringBuilder();
    }
}
