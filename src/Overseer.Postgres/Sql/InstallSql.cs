namespace Overseer.Postgres.Sql;

internal static class InstallSql
{
    // From the tables and not by to_regnamespace: that may answer from a cache of before another process installed.
    public const string Find =
        """
        SELECT
          EXISTS (SELECT FROM pg_namespace WHERE nspname = trim('"' FROM 'overseer')),
          EXISTS (
            SELECT
            FROM pg_class AS c
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = trim('"' FROM 'overseer') AND c.relname = 'schema_version')
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
