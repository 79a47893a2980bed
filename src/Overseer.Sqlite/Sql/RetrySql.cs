namespace Overseer.Sqlite.Sql;

internal static class RetrySql
{
    // Whatever is closed was closed by a job that is reopened here, so no count of closed dependencies outlives this.
    public const string Reopen =
        """
        UPDATE job
        SET status = 0, reason = NULL, cause = NULL, closed = 0, attempt = 0, losses = 0, snoozes = 0, faults = 0, run_at = max(run_at, @now),
          finished_at = NULL
        WHERE run = @run AND status IN (3, 4)
        """;

    public const string ForgetFailures =
        """
        DELETE FROM job_failure
        WHERE run = @run AND no IN (SELECT j.no FROM job AS j WHERE j.run = @run AND j.status IN (3, 4))
        """;

    public const string Uncount =
        """
        UPDATE run
        SET failed = 0, aborted = 0, aborted_aloud = 0, finished_at = NULL
        WHERE id = @run
        """;
}
