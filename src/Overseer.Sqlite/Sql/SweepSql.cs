namespace Overseer.Sqlite.Sql;

internal static class SweepSql
{
    public const string TakeForDead =
        """
        DELETE FROM worker
        WHERE beat_at + lease_ms < @now
        """;

    public const string Lost =
        """
        SELECT run, no, attempt, max_attempts, losses, snoozes, faults
        FROM job INDEXED BY job_started
        WHERE status = 1 AND worker NOT IN (SELECT id FROM worker)
        ORDER BY run, no
        LIMIT @page
        """;
}
