using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Overseer.Postgres;
using Overseer.Postgres.Sql;
using Overseer.Stores;

namespace Overseer;

/// <summary>The production store: a PostgreSQL database (15 or newer), used by any number of processes.</summary>
public static class PostgresStore
{
    /// <summary>
    /// The store as configuration picks it: named <c>postgres</c>, with <c>Overseer:Store:ConnectionString</c>, and the options of
    /// <see cref="PostgresStoreOptions"/> beside it, such as <c>Overseer:Store:Schema</c>.
    /// </summary>
    public static StoreAdapter Adapter { get; } = new("postgres", (section, clock) =>
    {
        var settings = PostgresSettings.Read(section);
        return new PostgresJobStore(settings.ConnectionString, settings.Options, clock);
    });

    /// <summary>Keeps everything in a PostgreSQL database.</summary>
    /// <param name="builder">What <c>AddOverseer</c> returned.</param>
    /// <param name="connectionString">As Npgsql takes it, such as <c>Host=db;Username=app;Database=app</c>.</param>
    /// <param name="configure">Sets options.</param>
    /// <exception cref="ArgumentException">The connection string is none, or an option is out of its range.</exception>
    public static OverseerBuilder UsePostgres(this OverseerBuilder builder, string connectionString, Action<PostgresStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = Configured(configure);
        // Opens nothing, and refuses what can never be opened here rather than where the store is first asked for.
        PostgresConnection.CreateSource(connectionString).Dispose();
        return builder.UseStore(services => new PostgresJobStore(
            connectionString, options, services.GetRequiredService<TimeProvider>(), services.GetService<ILogger<PostgresJobStore>>()));
    }

    /// <summary>Keeps everything in the PostgreSQL database of a data source, which the application disposes.</summary>
    /// <param name="builder">What <c>AddOverseer</c> returned.</param>
    /// <param name="dataSource">Where connections come from.</param>
    /// <param name="configure">Sets options.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static OverseerBuilder UsePostgres(this OverseerBuilder builder, NpgsqlDataSource dataSource, Action<PostgresStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        var options = Configured(configure);
        return builder.UseStore(services => new PostgresJobStore(
            dataSource, options, services.GetRequiredService<TimeProvider>(), services.GetService<ILogger<PostgresJobStore>>()));
    }

    /// <summary>The whole schema as one script, for those who run it by hand (<c>psql -f</c>), as a role that may create schemas. It runs once, on a database that has none yet.</summary>
    /// <param name="schema">The schema, as in <see cref="PostgresStoreOptions.Schema"/>.</param>
    /// <exception cref="ArgumentException">It is no name that a schema of a store may have.</exception>
    public static string GetMigrationScript(string schema = "overseer")
    {
        var name = new SchemaName(schema);
        string[] parts = ["BEGIN;", name.Of(InstallSql.CreateSchemaIfMissing), .. Migration.All.Select(migration => name.Of(migration.Sql).Trim()), "COMMIT;"];
        return string.Join("\n\n", parts) + "\n";
    }

    private static PostgresStoreOptions Configured(Action<PostgresStoreOptions>? configure)
    {
        var options = new PostgresStoreOptions();
        configure?.Invoke(options);
        _ = new SchemaName(options.Schema);
        return options;
    }
}
