namespace Overseer.Sqlite.Sql;

internal static class CancelSql
{
    public const string Collect =
        """
        INSERT INTO temp.closing (no)
        SELECT no
        FROM job
        WHERE run = @run AND status IN (0, 1)
        """;

    // Every job that was not over is in the table, so nothing is left to be closed behind them.
    public const string Abort =
        """
        UPDATE job
        SET status = 4, reason = 9, worker = NULL, finished_at = @now
        WHERE run = @run AND no IN (SELECT no FROM temp.closing)
        """;

    public const string OpenJob =
        """
        SELECT attempt, max_attempts, losses, snoozes, faults
        FROM job
        WHERE run = @run AND no = @no AND status IN (0, 1)
        """;

    // Failures of earlier tries say nothing about a cancelled job.
    public const string ForgetFailures =
        """
        DELETE FROM job_failure
        WHERE run = @run AND no IN (SELECT no FROM temp.closing)
        """;
}
