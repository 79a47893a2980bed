namespace Overseer.Postgres.Sql;

internal static class InstallSql
{
    public const string Find =
        """
        SELECT to_regnamespace('overseer') IS NOT NULL, to_regclass('overseer.schema_version') IS NOT NULL
        """;

    public const string CurrentSchema =
        """
        SELECT version, oldest_worker
        FROM overseer.schema_version
        ORDER BY version DESC
        LIMIT 1
        """;

    // Of this transaction, so that a pooler between does not matter. Taken before anything is looked at: ten processes may start at once.
    public const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended('overseer', 7237))";

    public const string CreateSchema = "CREATE SCHEMA overseer";

    // For those who run it by hand; the program creates the schema only where it is not there.
    public const string CreateSchemaIfMissing = "CREATE SCHEMA IF NOT EXISTS overseer;";
}
