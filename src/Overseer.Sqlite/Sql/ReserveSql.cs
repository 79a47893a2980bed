namespace Overseer.Sqlite.Sql;

internal static class ReserveSql
{
    public const string IsAlive =
        """
        SELECT 1
        FROM worker
        WHERE id = @worker
        """;

    public const string HoldsLosses =
        """
        SELECT 1
        FROM job INDEXED BY job_started
        WHERE status = 1 AND worker = @worker AND losses > 0
        LIMIT 1
        """;

    // One cursor per type, merged by the caller: a statement over several types would read all their ready jobs and sort them.
    public const string Ready =
        """
        SELECT run_at, run, no
        FROM job INDEXED BY job_ready
        WHERE status = 0 AND waiting = 0 AND losses = 0 AND type = @type AND run_at <= @now
        ORDER BY run_at, run, no
        """;

    public const string ReadyWithLosses =
        """
        SELECT run_at, run, no
        FROM job INDEXED BY job_ready_with_losses
        WHERE status = 0 AND waiting = 0 AND losses > 0 AND type = @type AND run_at <= @now
        ORDER BY run_at, run, no
        LIMIT 1
        """;

    public const string Start =
        """
        UPDATE job
        SET status = 1, attempt = attempt + 1, lease = lease + 1, worker = @worker, started_at = @now
        WHERE run = @run AND no = @no
        RETURNING type, attempt, losses, lease,
          (SELECT a.json FROM job_args AS a WHERE a.run = @run AND a.no = @no),
          (SELECT n.id FROM job_name AS n WHERE n.run = @run AND n.no = @no)
        """;

    public const string Run =
        """
        SELECT graph, key
        FROM run
        WHERE id = @run
        """;

    public const string Inputs =
        """
        SELECT j.type, t.json
        FROM edge AS e
        JOIN job AS j ON j.run = e.run AND j.no = e.dep
        LEFT JOIN job_result AS t ON t.run = e.run AND t.no = e.dep
        WHERE e.run = @run AND e.no = @no
        """;
}
