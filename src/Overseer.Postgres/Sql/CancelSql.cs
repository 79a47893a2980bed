namespace Overseer.Postgres.Sql;

internal static class CancelSql
{
    public const string LockAll =
        """
        SELECT count(*)
        FROM (
          SELECT
          FROM overseer.job
          WHERE run = $1
          ORDER BY no
          FOR NO KEY UPDATE
        ) AS j
        """;

    public const string Run =
        """
        WITH raised AS MATERIALIZED (
          SELECT j.place, j.status, n.jobs, j.type, j.run_at, j.no, j.losses, j.waiting
          FROM (
            SELECT t.no, sum(t.jobs)::int AS jobs
            FROM (
              SELECT o.no, 0 AS jobs
              FROM overseer.job AS o
              WHERE o.run = $1 AND o.status IN (0, 1)
              UNION ALL
              SELECT g.no, 1
              FROM overseer.job AS o
              CROSS JOIN LATERAL (
                SELECT g.no
                FROM overseer.edge AS g
                WHERE g.run = $1 AND g.dep = o.no
                OFFSET 0
              ) AS g
              WHERE o.run = $1 AND o.status IN (0, 1) AND o.dependents > 0
            ) AS t
            GROUP BY t.no
          ) AS n
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place, j.status, j.type, j.run_at, j.no, j.losses, j.waiting
            FROM overseer.job AS j
            WHERE j.run = $1 AND j.no = n.no
            OFFSET 0
          ) AS j
        ),
        closed AS (
          UPDATE overseer.job AS j
          SET closed = j.closed + r.jobs,
            status = CASE WHEN r.status IN (0, 1) THEN 4 ELSE j.status END,
            reason = CASE WHEN r.status IN (0, 1) THEN 9 ELSE j.reason END,
            worker = CASE WHEN r.status IN (0, 1) THEN NULL ELSE j.worker END,
            finished_at = CASE WHEN r.status IN (0, 1) THEN now() ELSE j.finished_at END
          FROM raised AS r
          WHERE j.ctid = r.place
          RETURNING j.no, r.status
        ),
        calm AS (
          DELETE FROM overseer.ready AS t
          USING (
            SELECT d.place
            FROM raised AS r
            CROSS JOIN LATERAL (
              SELECT d.ctid AS place
              FROM overseer.ready AS d
              WHERE NOT d.is_suspect AND d.type = r.type AND d.due = r.run_at AND d.run = $1 AND d.no = r.no
              OFFSET 0
            ) AS d
            WHERE r.status = 0 AND r.waiting = 0 AND r.losses = 0
          ) AS d
          WHERE t.ctid = d.place
        ),
        suspect AS (
          DELETE FROM overseer.ready AS t
          USING (
            SELECT d.place
            FROM raised AS r
            CROSS JOIN LATERAL (
              SELECT d.ctid AS place
              FROM overseer.ready AS d
              WHERE d.is_suspect AND d.type = r.type AND d.due = r.run_at AND d.run = $1 AND d.no = r.no
              OFFSET 0
            ) AS d
            WHERE r.status = 0 AND r.waiting = 0 AND r.losses > 0
          ) AS d
          WHERE t.ctid = d.place
        ),
        forgotten AS (
          DELETE FROM overseer.job_failure
          WHERE run = $1 AND no IN (SELECT no FROM raised WHERE status IN (0, 1))
        )
        SELECT count(*)::int
        FROM closed
        WHERE status IN (0, 1)
        """;

    public const string OpenJob =
        """
        SELECT attempt, max_attempts, losses, snoozes, faults, dependents, status, waiting, type, run_at
        FROM overseer.job
        WHERE run = $1 AND no = $2 AND status IN (0, 1)
        """;

    public const string TakeFromReady =
        """
        DELETE FROM overseer.ready
        WHERE NOT is_suspect AND type = $1 AND due = $2 AND run = $3 AND no = $4
        """;

    public const string TakeFromSuspects =
        """
        DELETE FROM overseer.ready
        WHERE is_suspect AND type = $1 AND due = $2 AND run = $3 AND no = $4
        """;
}
