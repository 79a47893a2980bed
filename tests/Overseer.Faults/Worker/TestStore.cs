using Microsoft.Extensions.Logging;
using Overseer.Stores;

namespace Overseer.Faults;

/// <summary>The store of a database: of a Postgres connection string, or of the path of a SQLite file.</summary>
internal static class TestStore
{
    public static IJobStore Open(string database, WorkerSettings? settings = null, ILogger<PostgresJobStore>? log = null)
    {
        settings ??= new WorkerSettings();
        return Db.IsFile(database)
            ? new SqliteJobStore(database)
            : new PostgresJobStore(database, new PostgresStoreOptions { Listen = settings.Listen, Prepare = settings.Prepare }, log: log);
    }
}
