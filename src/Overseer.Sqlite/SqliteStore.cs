using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Overseer.Stores;

namespace Overseer;

/// <summary>The embedded store: one SQLite file, used by one or more processes of one machine.</summary>
public static class SqliteStore
{
    /// <summary>The store as configuration picks it: named <c>sqlite</c>, with <c>Overseer:Store:Path</c> or <c>Overseer:Store:ConnectionString</c>.</summary>
    public static StoreAdapter Adapter { get; } = new("sqlite", (section, clock) => (section["Path"], section["ConnectionString"]) switch
    {
        ({ Length: > 0 } path, null or "") => new SqliteJobStore(path, options: null, clock),
        (null or "", { Length: > 0 } connectionString) => new SqliteJobStore(Read(connectionString), new SqliteStoreOptions(), clock),
        ({ Length: > 0 }, { Length: > 0 }) => throw new InvalidOperationException(
            "Overseer:Store:Path and Overseer:Store:ConnectionString are both set. Leave one of them."),
        _ => throw new InvalidOperationException("Overseer:Store:Path is not set. Set it to the file that the store shall use, such as 'overseer.db'."),
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
        return builder.UseStore(services => new SqliteJobStore(path, options, services.GetRequiredService<TimeProvider>()));
    }

    private static SqliteConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException error)
        {
            throw new InvalidOperationException(
                "Overseer:Store:ConnectionString is no connection string for SQLite. Correct it, such as 'Data Source=overseer.db', or set Overseer:Store:Path.", error);
        }
    }
}
