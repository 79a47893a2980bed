namespace Overseer.Postgres.Sql;

internal static class WorkerSql
{
    // A registration whose answer was lost is repeated.
    public const string Register =
        """
        INSERT INTO overseer.worker (id, label, lease_time, beat_at, types)
        VALUES ($1, $2, $3, now(), $4)
        ON CONFLICT (id) DO UPDATE
        SET label = excluded.label, lease_time = excluded.lease_time, beat_at = excluded.beat_at, types = excluded.types
        RETURNING no, pg_postmaster_start_time()
        """;

    public const string Find =
        """
        SELECT no
        FROM overseer.worker
        WHERE id = $1
        """;

    // An update and never an insert: a worker that was taken for dead stays dead. Another start of the server than before: it was started
    // anew, or another one took over, and commits may be lost that were answered.
    public const string Beat =
        $"""
        WITH alive AS (
          UPDATE overseer.worker
          SET beat_at = now()
          WHERE id = $5
          RETURNING pg_postmaster_start_time() AS server_start
        )
        SELECT a.server_start, ARRAY(
          {Lost}
        )
        FROM alive AS a
        """;

    public const string Lost =
        """
        SELECT e.ordinal
        FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::bigint[]) WITH ORDINALITY AS e (worker, run, no, lease, ordinal)
        LEFT JOIN LATERAL (
          SELECT true AS is_held
          FROM overseer.job AS j
          WHERE j.run = e.run AND j.no = e.no AND j.status = 1 AND j.lease = e.lease
            AND j.worker = (SELECT w.no FROM overseer.worker AS w WHERE w.id = e.worker)
          OFFSET 0
        ) AS j ON true
        WHERE j.is_held IS NULL
        """;

    public const string Drop =
        """
        DELETE FROM overseer.held
        WHERE worker = $1 AND batch = ANY ($2)
        """;

    // First, so that no claim comes in between: a claim holds the row until it is committed.
    public const string Retire =
        """
        DELETE FROM overseer.worker
        WHERE id = $1
        RETURNING no
        """;

    public const string LockHeld =
        """
        SELECT count(*)
        FROM (
          SELECT DISTINCT h.run, h.no
          FROM overseer.held
          CROSS JOIN LATERAL unnest(runs, nos) AS h (run, no)
          WHERE worker = $1
          ORDER BY 1, 2
        ) AS h
        CROSS JOIN LATERAL (
          SELECT
          FROM overseer.job AS j
          WHERE j.run = h.run AND j.no = h.no AND j.status = 1 AND j.worker = $1
          FOR NO KEY UPDATE OF j
        ) AS j
        """;

    public const string ReleaseAll =
        """
        WITH mine AS MATERIALIZED (
          SELECT j.place
          FROM (
            SELECT DISTINCT h.run, h.no
            FROM overseer.held
            CROSS JOIN LATERAL unnest(runs, nos) AS h (run, no)
            WHERE worker = $1
          ) AS h
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place
            FROM overseer.job AS j
            WHERE j.run = h.run AND j.no = h.no AND j.status = 1 AND j.worker = $1
            OFFSET 0
          ) AS j
        ),
        released AS (
          UPDATE overseer.job AS j
          SET status = 0, worker = NULL, attempt = j.attempt - 1
          FROM mine AS m
          WHERE j.ctid = m.place
          RETURNING j.run, j.no, j.type, j.run_at, j.losses
        ),
        readied AS (
          INSERT INTO overseer.ready (due, run, no, type, is_suspect)
          SELECT run_at, run, no, type, losses > 0
          FROM released
          RETURNING run
        ),
        dropped AS (
          DELETE FROM overseer.held
          WHERE worker = $1
        )
        SELECT pg_notify('overseer.ready', '')::text
        FROM (SELECT FROM readied LIMIT 1) AS r
        CROSS JOIN (SELECT FROM overseer.worker WHERE is_idle LIMIT 1) AS w
        WHERE pg_notification_queue_usage() < 0.9
        """;

    public const string Doubtful =
        """
        SELECT d.batch, h.run, h.no
        FROM overseer.held AS d
        CROSS JOIN LATERAL unnest(d.runs, d.nos) AS h (run, no)
        WHERE d.worker = $1 AND ($3 OR d.batch = ANY ($2))
        ORDER BY h.run, h.no
        """;

    public const string ReleaseDoubtful =
        """
        WITH mine AS MATERIALIZED (
          SELECT j.place
          FROM unnest($2::bigint[], $3::int[]) AS h (run, no)
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place
            FROM overseer.job AS j
            WHERE j.run = h.run AND j.no = h.no AND j.status = 1 AND j.worker = $1
            FOR NO KEY UPDATE OF j
          ) AS j
        ),
        released AS (
          UPDATE overseer.job AS j
          SET status = 0, worker = NULL, attempt = j.attempt - 1
          FROM mine AS m
          WHERE j.ctid = m.place
          RETURNING j.run, j.no, j.type, j.run_at, j.losses
        ),
        readied AS (
          INSERT INTO overseer.ready (due, run, no, type, is_suspect)
          SELECT run_at, run, no, type, losses > 0
          FROM released
        )
        DELETE FROM overseer.held
        WHERE worker = $1 AND batch = ANY ($4)
        """;

    public const string Ping =
        """
        SELECT pg_notify('overseer.ready', $1)::text
        """;
}
