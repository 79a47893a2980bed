namespace Overseer.Sqlite.Sql;

internal static class EndSql
{
    // The fence: every ending but a finish reads its job through this, inside the transaction that then writes it.
    public const string Held =
        """
        SELECT attempt, max_attempts, losses, snoozes, faults
        FROM job
        WHERE run = @run AND no = @no AND status = 1 AND worker = @worker AND lease = @lease
        """;

    public const string Ended =
        """
        SELECT status, reason
        FROM job
        WHERE run = @run AND no = @no AND lease = @lease AND status IN (2, 3, 4)
        """;

    // The fence and the write in one, for what most jobs do.
    public const string Finish =
        """
        UPDATE job
        SET status = 2, worker = NULL, finished_at = @now
        WHERE run = @run AND no = @no AND status = 1 AND worker = @worker AND lease = @lease
        RETURNING attempt, EXISTS (SELECT 1 FROM edge AS e WHERE e.run = @run AND e.dep = @no)
        """;

    public const string Result =
        """
        INSERT INTO job_result (run, no, json)
        VALUES (@run, @no, @json)
        """;

    public const string LowerWaiting =
        """
        UPDATE job
        SET waiting = waiting - 1, run_at = CASE WHEN waiting = 1 THEN max(run_at, @now) ELSE run_at END
        WHERE run = @run AND no IN (SELECT e.no FROM edge AS e WHERE e.run = @run AND e.dep = @no)
        """;

    // What a finish made ready. A cross join keeps the edges outside: else the planner may read the whole run for the few jobs of an edge.
    public const string Released =
        """
        SELECT j.type, j.run_at, j.run, j.no
        FROM edge AS e
        CROSS JOIN job AS j ON j.run = e.run AND j.no = e.no
        WHERE e.run = @run AND e.dep = @no AND j.status = 0 AND j.waiting = 0 AND j.losses = 0 AND j.run_at <= @now
        """;

    public const string PutBack =
        """
        UPDATE job
        SET status = 0, worker = NULL, attempt = @attempt, losses = @losses, snoozes = @snoozes, faults = @faults, run_at = coalesce(@run_at, run_at)
        WHERE run = @run AND no = @no
        """;

    public const string EndBadly =
        """
        UPDATE job
        SET status = @status, reason = @reason, worker = NULL, attempt = @attempt, losses = @losses, snoozes = @snoozes, faults = @faults,
          finished_at = @now
        WHERE run = @run AND no = @no
        """;

    public const string Failure =
        """
        INSERT INTO job_failure (run, no, message, exception, details)
        VALUES (@run, @no, @message, @exception, @details)
        ON CONFLICT (run, no) DO UPDATE SET message = excluded.message, exception = excluded.exception, details = excluded.details
        """;

    public const string ForgetFailure =
        """
        DELETE FROM job_failure
        WHERE run = @run AND no = @no
        """;

    public const string Count =
        """
        UPDATE run
        SET finished = finished + @finished, failed = failed + @failed, aborted = aborted + @aborted, aborted_aloud = aborted_aloud + @aborted_aloud,
          finished_at = CASE WHEN finished + @finished + failed + @failed + aborted + @aborted = jobs THEN @now END
        WHERE id = @run
        """;
}
