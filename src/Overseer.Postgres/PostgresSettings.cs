using Microsoft.Extensions.Configuration;

namespace Overseer.Postgres;

/// <summary>The store as the section <c>Overseer:Store</c> describes it.</summary>
internal sealed record PostgresSettings(string ConnectionString, PostgresStoreOptions Options)
{
    private static readonly string[] Names =
        ["Adapter", "ConnectionString", nameof(PostgresStoreOptions.Schema), nameof(PostgresStoreOptions.Listen), nameof(PostgresStoreOptions.Prepare)];

    /// <exception cref="InvalidOperationException">Something is missing, malformed or misspelt; all of it is listed.</exception>
    public static PostgresSettings Read(IConfigurationSection section)
    {
        var problems = SettingNames.FindMisspelt(section, Names).ToList();
        var options = new PostgresStoreOptions();
        if (section[nameof(options.Schema)] is { Length: > 0 } schema)
        {
            if (SchemaName.IsValid(schema)) options.Schema = schema;
            else problems.Add($"{section.Path}:Schema is {SettingNames.Shown(schema)}; it must be a lower-case letter or '_', then at most 47 lower-case letters, digits or '_'.");
        }

        options.Listen = ReadFlag(nameof(options.Listen), options.Listen);
        options.Prepare = ReadFlag(nameof(options.Prepare), options.Prepare);
        var connectionString = section["ConnectionString"];
        if (string.IsNullOrEmpty(connectionString))
        {
            problems.Add($"{section.Path}:ConnectionString is not set. Set it to the database that the store shall use, such as 'Host=localhost;Username=app;Database=app'.");
        }
        else
        {
            try
            {
                PostgresConnection.CreateSource(connectionString).Dispose();
            }
            catch (ArgumentException error)
            {
                problems.Add($"{section.Path}:ConnectionString: {error.Message}");
            }
        }

        if (problems.Count == 0) return new PostgresSettings(connectionString!, options);
        throw new InvalidOperationException($"The store cannot be opened as it is configured:{string.Concat(problems.Select(problem => $"\n  - {problem}"))}");

        bool ReadFlag(string name, bool otherwise)
        {
            if (section[name] is not { Length: > 0 } text) return otherwise;
            if (bool.TryParse(text, out var value)) return value;
            problems.Add($"{section.Path}:{name} is {SettingNames.Shown(text)}; it must be true or false.");
            return otherwise;
        }
    }
}
