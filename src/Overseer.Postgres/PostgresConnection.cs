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
            settings = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true, Enlist = false };
        }
        catch (ArgumentException error)
        {
            // The string itself may hold a password.
            throw new ArgumentException($"The connection string is none that PostgreSQL takes ({error.Message}). Give one such as 'Host=localhost;Username=app;Database=app'.", nameof(connectionString));
        }

        if (string.IsNullOrWhiteSpace(settings.Host))
            throw new ArgumentException("The connection string names no server. Add Host, such as 'Host=localhost;Username=app;Database=app'.", nameof(connectionString));
        settings.ApplicationName ??= "overseer";
        return new NpgsqlSlimDataSourceBuilder(settings.ConnectionString).EnableArrays().EnableTransportSecurity().EnableIntegratedSecurity().Build();
    }
}
