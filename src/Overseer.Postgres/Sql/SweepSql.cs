namespace Overseer.Postgres.Sql;

internal static class SweepSql
{
    // Nearly always there is nothing, and one statement says so.
    public const string HasWork =
        """
        SELECT EXISTS (SELECT FROM overseer.propagation)
          OR EXISTS (SELECT FROM overseer.worker WHERE beat_at + lease_time < now())
          OR EXISTS (SELECT FROM overseer.held AS d WHERE NOT EXISTS (SELECT FROM overseer.worker AS w WHERE w.no = d.worker))
        """;

    // Skips a worker that is claiming at this moment; it is looked at again.
    public const string TakeForDead =
        """
        DELETE FROM overseer.worker
        WHERE no IN (
          SELECT no
          FROM overseer.worker
          WHERE beat_at + lease_time < now()
          FOR UPDATE SKIP LOCKED
        )
        """;

    public const string Lost =
        """
        SELECT j.worker, j.run, j.no, j.lease
        FROM (
          SELECT DISTINCT d.worker, h.run, h.no
          FROM overseer.held AS d
          CROSS JOIN LATERAL unnest(d.runs, d.nos) AS h (run, no)
          WHERE NOT EXISTS (SELECT FROM overseer.worker AS w WHERE w.no = d.worker)
        ) AS h
        CROSS JOIN LATERAL (
          SELECT j.worker, j.run, j.no, j.lease
          FROM overseer.job AS j
          WHERE j.run = h.run AND j.no = h.no AND j.status = 1 AND j.worker = h.worker
          OFFSET 0
        ) AS j
        ORDER BY j.run, j.no
        LIMIT $1
        """;

    public const string Drop =
        """
        DELETE FROM overseer.held
        WHERE ctid = ANY (ARRAY (
          SELECT d.ctid
          FROM overseer.held AS d
          WHERE NOT EXISTS (SELECT FROM overseer.worker AS w WHERE w.no = d.worker)
            AND NOT EXISTS (
              SELECT
              FROM unnest(d.runs, d.nos) AS h (run, no)
              CROSS JOIN LATERAL (
                SELECT
                FROM overseer.job AS j
                WHERE j.run = h.run AND j.no = h.no AND j.status = 1 AND j.worker = d.worker
                OFFSET 0
              ) AS j)
          FOR UPDATE SKIP LOCKED))
        """;
}
