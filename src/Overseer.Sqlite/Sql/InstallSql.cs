namespace Overseer.Sqlite.Sql;

internal static class InstallSql
{
    // Both at one time: another process may be installing.
    public const string Owner =
        """
        SELECT application_id, (SELECT count(*) FROM sqlite_schema)
        FROM pragma_application_id
        """;

    public const string CurrentSchema =
        """
        SELECT version, oldest_worker
        FROM overseer_schema
        ORDER BY version DESC
        LIMIT 1
        """;

    public const string KeepWriteAheadLog = "PRAGMA journal_mode = WAL";

    public const string SurviveProcessDeath = "PRAGMA synchronous = NORMAL";

    public const string SurvivePowerLoss = "PRAGMA synchronous = FULL";

    // 32 MiB of pages, so that a closure of 100,000 jobs stays in memory.
    public const string CachePages = "PRAGMA cache_size = -32768";

    // What one huge insert blew the log up to is given back to the disk.
    public const string ShrinkWriteAheadLog = "PRAGMA journal_size_limit = 67108864";

    public const string KeepTemporaryTablesInMemory = "PRAGMA temp_store = MEMORY";

    // The jobs that one closing, or one cancelling, is about. Of this connection only, and empty between transactions.
    public const string CreateClosing = "CREATE TEMP TABLE IF NOT EXISTS closing (no INTEGER NOT NULL PRIMARY KEY)";
}
