namespace Overseer.Postgres.Sql;

internal static class RetrySql
{
    // Whatever is closed was closed by a job that is reopened here, so no count of closed dependencies outlives this.
    public const string Reopen =
        """
        WITH failed AS MATERIALIZED (
          SELECT ctid AS place, status, reason
          FROM overseer.job
          WHERE run = $1 AND status IN (3, 4)
        ),
        reopened AS (
          UPDATE overseer.job AS j
          SET status = 0, reason = NULL, cause = NULL, closed = 0, attempt = 0, losses = 0, snoozes = 0, faults = 0,
            run_at = greatest(j.run_at, now()), finished_at = NULL
          FROM failed AS f
          WHERE j.ctid = f.place
          RETURNING j.run, j.no, j.run_at, j.type, j.waiting
        ),
        readied AS (
          INSERT INTO overseer.ready (due, run, no, type, is_suspect)
          SELECT run_at, run, no, type, false
          FROM reopened
          WHERE waiting = 0
          RETURNING run
        ),
        forgotten AS (
          DELETE FROM overseer.job_failure
          WHERE run = $1 AND no IN (SELECT no FROM reopened)
        ),
        told AS MATERIALIZED (
          SELECT pg_notify('overseer.ready', '')::text AS told
          FROM (SELECT FROM readied LIMIT 1) AS r
          CROSS JOIN (SELECT FROM overseer.worker WHERE is_idle LIMIT 1) AS w
          WHERE pg_notification_queue_usage() < 0.9
        )
        SELECT count(*) FILTER (WHERE f.status = 3)::int, count(*) FILTER (WHERE f.status = 4)::int,
          count(*) FILTER (WHERE f.status = 4 AND f.reason IN (7, 9))::int, (SELECT told FROM told)
        FROM failed AS f
        """;
}
