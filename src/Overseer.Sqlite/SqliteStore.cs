using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Overseer.Sqlite;
using Overseer.Stores;

namespace Overseer;

/// <summary>The embedded store: one SQLite file, used by one or more processes of one machine.</summary>
public static class SqliteStore
{
    /// <summary>
    /// The store as configuration picks it: named <c>sqlite</c>, with <c>Overseer:Store:Path</c> or <c>Overseer:Store:ConnectionString</c>, and
    /// the options of <see cref="SqliteStoreOptions"/> beside them, such as <c>Overseer:Store:BusyTimeout</c>.
    /// </summary>
    public static StoreAdapter Adapter { get; } = new("sqlite", (section, clock) =>
    {
        var settings = SqliteSettings.Read(section);
        return new SqliteJobStore(settings.ConnectionString, settings.Options, clock);
    });

    /// <summary>Keeps everything in a SQLite file, which is made if it is not there.</summary>
    /// <param name="builder">What <c>AddOverseer</c> returned.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="configure">Sets options.</param>
    /// <exception cref="ArgumentException">The path is none, or an option is out of its range.</exception>
    public static OverseerBuilder UseSqlite(this OverseerBuilder builder, string path, Action<SqliteStoreOptions>? configure = null)
    {
        var options = new SqliteStoreOptions();
        configure?.Invoke(options);
        // Opens nothing, and refuses what can never be opened here rather than where the store is first asked for.
        _ = new SqliteFile(new SqliteConnectionStringBuilder { DataSource = path }, options);
        return builder.UseStore(services => new SqliteJobStore(path, options, services.GetRequiredService<TimeProvider>()));
    }
}
