namespace Overseer.Postgres.Sql;

/// <summary>What ends an attempt other than a finish, and what a sweep takes back. All of it in transactions that hold the locks of <see cref="CloseSql"/>.</summary>
internal static class EndSql
{
    public const string Tries =
        """
        SELECT e.ordinal, j.attempt, j.max_attempts, j.losses, j.snoozes, j.faults, j.dependents
        FROM unnest($1::int[], $2::bigint[], $3::int[], $4::bigint[]) WITH ORDINALITY AS e (worker, run, no, lease, ordinal)
        CROSS JOIN LATERAL (
          SELECT j.attempt, j.max_attempts, j.losses, j.snoozes, j.faults, j.dependents
          FROM overseer.job AS j
          WHERE j.run = e.run AND j.no = e.no AND j.status = 1 AND j.lease = e.lease AND j.worker = e.worker
          OFFSET 0
        ) AS j
        """;

    public const string PutBack =
        """
        WITH mine AS MATERIALIZED (
          SELECT j.place, e.attempt, e.losses, e.snoozes, e.faults, e.delay
          FROM (
            SELECT e.*
            FROM unnest($1::bigint[], $2::int[], $3::smallint[], $4::smallint[], $5::int[], $6::int[], $7::float8[])
              AS e (run, no, attempt, losses, snoozes, faults, delay)
            LIMIT (SELECT cardinality($1))
          ) AS e
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place
            FROM overseer.job AS j
            WHERE j.run = e.run AND j.no = e.no AND j.status = 1
            OFFSET 0
          ) AS j
        ),
        put AS (
          UPDATE overseer.job AS j
          SET status = 0, worker = NULL, attempt = m.attempt, losses = m.losses, snoozes = m.snoozes, faults = m.faults,
            run_at = CASE WHEN m.delay < 0 THEN j.run_at ELSE now() + m.delay * interval '1 millisecond' END
          FROM mine AS m
          WHERE j.ctid = m.place
          RETURNING j.run, j.no, j.type, j.run_at, j.losses
        ),
        readied AS (
          INSERT INTO overseer.ready (due, run, no, type, is_suspect)
          SELECT run_at, run, no, type, losses > 0
          FROM put
          RETURNING run
        )
        SELECT pg_notify('overseer.ready', '')::text
        FROM (SELECT FROM readied LIMIT 1) AS r
        CROSS JOIN (SELECT FROM overseer.worker WHERE is_idle LIMIT 1) AS w
        WHERE pg_notification_queue_usage() < 0.9
        """;

    public const string EndBadly =
        """
        WITH mine AS MATERIALIZED (
          SELECT j.place, e.attempt, e.losses, e.snoozes, e.faults, e.status, e.reason
          FROM (
            SELECT e.*
            FROM unnest($1::bigint[], $2::int[], $3::smallint[], $4::smallint[], $5::int[], $6::int[], $7::smallint[], $8::smallint[])
              AS e (run, no, attempt, losses, snoozes, faults, status, reason)
            LIMIT (SELECT cardinality($1))
          ) AS e
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place
            FROM overseer.job AS j
            WHERE j.run = e.run AND j.no = e.no
            OFFSET 0
          ) AS j
        )
        UPDATE overseer.job AS j
        SET status = m.status, reason = m.reason, worker = NULL, attempt = m.attempt, losses = m.losses, snoozes = m.snoozes, faults = m.faults,
          finished_at = now()
        FROM mine AS m
        WHERE j.ctid = m.place
        """;

    public const string Failures =
        """
        INSERT INTO overseer.job_failure (run, no, message, exception, details)
        SELECT e.run, e.no, e.message, e.exception, e.details
        FROM unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[]) AS e (run, no, message, exception, details)
        ON CONFLICT (run, no) DO UPDATE SET message = excluded.message, exception = excluded.exception, details = excluded.details
        """;

    public const string ForgetFailure =
        """
        DELETE FROM overseer.job_failure
        WHERE run = $1 AND no = $2
        """;

    public const string Count =
        """
        INSERT INTO overseer.run_count (run, stripe, finished, failed, aborted, aborted_aloud, ended_at)
        SELECT c.run, $1, 0, c.failed, c.aborted, c.aborted_aloud, now()
        FROM unnest($2::bigint[], $3::int[], $4::int[], $5::int[]) AS c (run, failed, aborted, aborted_aloud)
        ORDER BY c.run
        ON CONFLICT (run, stripe) DO UPDATE
        SET failed = run_count.failed + excluded.failed, aborted = run_count.aborted + excluded.aborted,
          aborted_aloud = run_count.aborted_aloud + excluded.aborted_aloud, ended_at = greatest(run_count.ended_at, excluded.ended_at)
        """;
}
