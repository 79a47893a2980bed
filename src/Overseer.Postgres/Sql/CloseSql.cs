namespace Overseer.Postgres.Sql;

/// <summary>
/// What follows when a job ends badly. Whoever closes, cancels, retries or sweeps first locks the runs it is about, in order, and only
/// then jobs; finishing and claiming do not. So two of these never meet in one run, and what a finish may change meanwhile of a job
/// that is about to be closed is its count of waiting alone.
/// </summary>
internal static class CloseSql
{
    public const string LockRuns =
        """
        SELECT count(*)
        FROM (
          SELECT DISTINCT t.run
          FROM unnest($1::bigint[]) AS t (run)
          ORDER BY t.run
        ) AS t
        CROSS JOIN LATERAL (
          SELECT
          FROM overseer.run AS r
          WHERE r.id = t.run
          FOR NO KEY UPDATE OF r
        ) AS r
        """;

    // Those that end ($1, $2), those among them that close others ($3, $4), every unstarted job that can be reached from them over
    // unstarted jobs, and whatever else depends on one of these: all that is about to be written.
    public const string LockJobs =
        """
        WITH RECURSIVE reached (run, no) AS (
          SELECT e.run, e.no
          FROM unnest($3::bigint[], $4::int[]) AS e (run, no)
          UNION
          SELECT g.run, g.no
          FROM reached AS r
          CROSS JOIN LATERAL (
            SELECT g.run, g.no
            FROM overseer.edge AS g
            WHERE g.run = r.run AND g.dep = r.no
            OFFSET 0
          ) AS g
          CROSS JOIN LATERAL (
            SELECT
            FROM overseer.job AS j
            WHERE j.run = g.run AND j.no = g.no AND j.status = 0
            OFFSET 0
          ) AS j
        )
        SELECT count(*)
        FROM (
          SELECT e.run, e.no
          FROM unnest($1::bigint[], $2::int[]) AS e (run, no)
          UNION
          SELECT g.run, g.no
          FROM reached AS r
          CROSS JOIN LATERAL (
            SELECT g.run, g.no
            FROM overseer.edge AS g
            WHERE g.run = r.run AND g.dep = r.no
            OFFSET 0
          ) AS g
          ORDER BY 1, 2
        ) AS t
        CROSS JOIN LATERAL (
          SELECT
          FROM overseer.job AS j
          WHERE j.run = t.run AND j.no = t.no
          FOR NO KEY UPDATE OF j
        ) AS j
        """;

    // An unstarted job has no closed dependency yet, so each of those reached goes from 0 to at least 1.
    public const string Close =
        """
        WITH RECURSIVE reached (no) AS (
          VALUES ($2::int)
          UNION
          SELECT g.no
          FROM reached AS r
          CROSS JOIN LATERAL (
            SELECT g.no
            FROM overseer.edge AS g
            WHERE g.run = $1 AND g.dep = r.no
            OFFSET 0
          ) AS g
          CROSS JOIN LATERAL (
            SELECT
            FROM overseer.job AS j
            WHERE j.run = $1 AND j.no = g.no AND j.status = 0
            OFFSET 0
          ) AS j
        ),
        raised AS MATERIALIZED (
          SELECT j.place, j.status, n.jobs, n.cause
          FROM (
            SELECT g.no, count(*)::int AS jobs, min(r.no) AS cause
            FROM reached AS r
            CROSS JOIN LATERAL (
              SELECT g.no
              FROM overseer.edge AS g
              WHERE g.run = $1 AND g.dep = r.no
              OFFSET 0
            ) AS g
            GROUP BY g.no
          ) AS n
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place, j.status
            FROM overseer.job AS j
            WHERE j.run = $1 AND j.no = n.no
            OFFSET 0
          ) AS j
        ),
        closed AS (
          UPDATE overseer.job AS j
          SET closed = j.closed + r.jobs,
            status = CASE WHEN r.status = 0 THEN 4 ELSE j.status END,
            reason = CASE WHEN r.status = 0 THEN $3 ELSE j.reason END,
            cause = CASE WHEN r.status = 0 THEN r.cause ELSE j.cause END,
            finished_at = CASE WHEN r.status = 0 THEN now() ELSE j.finished_at END
          FROM raised AS r
          WHERE j.ctid = r.place
          RETURNING j.run, j.no, r.status
        )
        SELECT count(*)::int
        FROM closed
        WHERE status = 0
        """;
}
