namespace Overseer.Sqlite.Sql;

internal static class TransactionSql
{
    // Takes the write lock at once: a transaction that reads first and writes later could not get it, and waiting would not help.
    public const string Begin = "BEGIN IMMEDIATE";

    public const string Commit = "COMMIT";

    public const string Rollback = "ROLLBACK";
}
