using System.Data.Common;
using Npgsql;

namespace Overseer.Postgres;

/// <summary>The data source of a store that was given a connection string.</summary>
internal static class PostgresConnection
{
    /// <exception cref="ArgumentException">It is no connection string for PostgreSQL.</exception>
    public static NpgsqlDataSource CreateSource(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            // What the server quotes of a row may be args or results.
            settings = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true, Enlist = false, IncludeErrorDetail = false };
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"The connection string is none that PostgreSQL takes: {FindProblem(connectionString)}. Give one such as 'Host=localhost;Username=app;Database=app'.", nameof(connectionString));
        }

        if (string.IsNullOrWhiteSpace(settings.Host))
            throw new ArgumentException("The connection string names no server. Add Host, such as 'Host=localhost;Username=app;Database=app'.", nameof(connectionString));
        settings.ApplicationName ??= "overseer";
        return new NpgsqlSlimDataSourceBuilder(settings.ConnectionString).EnableArrays().EnableTransportSecurity().EnableIntegratedSecurity().Build();
    }

    // Npgsql's own words repeat what stands before a '=', which may be the end of a password.
    private static string FindProblem(string connectionString)
    {
        var given = new DbConnectionStringBuilder();
        try
        {
            given.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            return "it does not read 'Name=value;Name=value'";
        }

        var settings = new NpgsqlConnectionStringBuilder();
        var place = 0;
        foreach (string name in given.Keys)
        {
            place++;
            if (!settings.ContainsKey(name)) return $"the name of its setting {place} is not known to Npgsql (a value with ';' or '=' in it stands in quotes)";
            try
            {
                settings[name] = given[name];
            }
            catch (ArgumentException)
            {
                return $"the value of '{name}' is none that it can have";
            }
        }

        return "some of its settings do not go together";
    }
}
