namespace Overseer.Postgres.Sql;

/// <summary>Releases what depends on a job with very many dependents, ten thousand in a transaction.</summary>
internal static class PropagationSql
{
    public const string Take =
        """
        SELECT run, dep, after
        FROM overseer.propagation
        ORDER BY run, dep
        LIMIT 1
        FOR UPDATE SKIP LOCKED
        """;

    public const string Page =
        """
        SELECT no
        FROM overseer.edge
        WHERE run = $1 AND dep = $2 AND no > $3
        ORDER BY no
        LIMIT 10000
        """;

    public const string Lock =
        """
        SELECT count(*)
        FROM unnest($2::int[]) AS t (no)
        CROSS JOIN LATERAL (
          SELECT
          FROM overseer.job AS j
          WHERE j.run = $1 AND j.no = t.no
          FOR NO KEY UPDATE OF j
        ) AS j
        """;

    // Only if the cause still holds.
    public const string Release =
        """
        WITH lowered AS MATERIALIZED (
          SELECT j.place
          FROM unnest($3::int[]) AS t (no)
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place
            FROM overseer.job AS j
            WHERE j.run = $1 AND j.no = t.no
            OFFSET 0
          ) AS j
          WHERE EXISTS (SELECT FROM overseer.job AS d WHERE d.run = $1 AND d.no = $2 AND d.status = 2)
        ),
        released AS (
          UPDATE overseer.job AS j
          SET waiting = j.waiting - 1, run_at = CASE WHEN j.waiting = 1 THEN greatest(j.run_at, now()) ELSE j.run_at END
          FROM lowered AS l
          WHERE j.ctid = l.place
          RETURNING j.run, j.no, j.run_at, j.type, j.losses, j.status, j.waiting
        ),
        readied AS (
          INSERT INTO overseer.ready (due, run, no, type, is_suspect)
          SELECT run_at, run, no, type, losses > 0
          FROM released
          WHERE waiting = 0 AND status = 0
          RETURNING run
        )
        SELECT pg_notify('overseer.ready', '')::text
        FROM (SELECT FROM readied LIMIT 1) AS r
        CROSS JOIN (SELECT FROM overseer.worker WHERE is_idle LIMIT 1) AS w
        WHERE pg_notification_queue_usage() < 0.9
        """;

    public const string Advance =
        """
        UPDATE overseer.propagation
        SET after = $3
        WHERE run = $1 AND dep = $2
        """;

    public const string Done =
        """
        DELETE FROM overseer.propagation
        WHERE run = $1 AND dep = $2
        """;
}
