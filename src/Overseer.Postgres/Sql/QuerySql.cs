namespace Overseer.Postgres.Sql;

/// <remarks>
/// What people ask. Lists give where the jobs are, in order, and look through so many rows at most; the row at the end, with neither true nor
/// false, says how far that was and how many they were.
/// </remarks>
internal static class QuerySql
{
    // $1 run, $2 after which number, $3 rows to look through, $4 most jobs, $5 type, $6 status, $7 reason.
    public const string JobsOfRun =
        $"""
        WITH walked AS MATERIALIZED (
          SELECT j.run, j.no, {Fits} AS fits
          FROM overseer.job AS j
          WHERE j.run = $1 AND j.no > $2
          ORDER BY j.no
          LIMIT $3
        ),
        found AS (
          SELECT run, no
          FROM walked
          WHERE fits
          ORDER BY no
          LIMIT $4
        )
        SELECT run, no, 0
        FROM found
        UNION ALL
        SELECT run, no, (SELECT count(*)::int FROM walked)
        FROM (SELECT run, no FROM walked ORDER BY no DESC LIMIT 1) AS last
        """;

    // $1, $2 before which run and number; the others as above.
    public const string Jobs =
        $"""
        WITH walked AS MATERIALIZED (
          SELECT j.run, j.no, {Fits} AS fits
          FROM overseer.job AS j
          WHERE (j.run, j.no) < ($1, $2)
          ORDER BY j.run DESC, j.no DESC
          LIMIT $3
        ),
        found AS (
          SELECT run, no
          FROM walked
          WHERE fits
          ORDER BY run DESC, no DESC
          LIMIT $4
        )
        SELECT run, no, 0
        FROM found
        UNION ALL
        SELECT run, no, (SELECT count(*)::int FROM walked)
        FROM (SELECT run, no FROM walked ORDER BY run, no LIMIT 1) AS last
        """;

    // Started jobs stand in their workers' lists. $3 is not asked.
    public const string Started =
        $"""
        SELECT DISTINCT h.run, h.no, 0
        FROM overseer.held AS l
        CROSS JOIN LATERAL unnest(l.runs, l.nos) AS h (run, no)
        CROSS JOIN LATERAL (
          SELECT
          FROM overseer.job AS j
          WHERE j.run = h.run AND j.no = h.no AND {Fits} AND $3::bigint IS NOT NULL
          OFFSET 0
        ) AS j
        WHERE (h.run, h.no) < ($1, $2)
        ORDER BY h.run DESC, h.no DESC
        LIMIT $4
        """;

    // Failed and aborted jobs are in runs that have such.
    public const string Bad =
        $"""
        SELECT j.run, j.no, 0
        FROM (
          SELECT DISTINCT c.run
          FROM overseer.run_count AS c
          WHERE (c.failed <> 0 OR c.aborted <> 0) AND c.run <= $1
          ORDER BY c.run DESC
        ) AS b
        CROSS JOIN LATERAL (
          SELECT j.run, j.no
          FROM overseer.job AS j
          WHERE j.run = b.run AND (j.run, j.no) < ($1, $2) AND {Fits} AND $3::bigint IS NOT NULL
          OFFSET 0
        ) AS j
        ORDER BY b.run DESC, j.no DESC
        LIMIT $4
        """;

    // $1 before which run, $2 rows to look through, $3 most runs, $4 graph, $5 status.
    public const string Runs =
        $"""
        WITH walked AS MATERIALIZED (
          SELECT r.id
          FROM overseer.run AS r
          WHERE r.id < $1
          ORDER BY r.id DESC
          LIMIT $2
        ),
        {RunsOfWalked}
        """;

    // Failed and aborted runs have such jobs. As above.
    public const string BadRuns =
        $"""
        WITH walked AS MATERIALIZED (
          SELECT DISTINCT c.run AS id
          FROM overseer.run_count AS c
          WHERE (c.failed <> 0 OR c.aborted <> 0) AND c.run < $1
          ORDER BY c.run DESC
          LIMIT $2
        ),
        {RunsOfWalked}
        """;

    public const string Backlog =
        """
        SELECT p.name, sum(b.ready)::bigint, sum(b.scheduled)::bigint, sum(b.started)::bigint, min(b.since)
        FROM (
          SELECT type, count(*) FILTER (WHERE due <= now()) AS ready, count(*) FILTER (WHERE due > now()) AS scheduled, 0 AS started,
            min(due) FILTER (WHERE due <= now()) AS since
          FROM overseer.ready
          GROUP BY type
          UNION ALL
          SELECT j.type, 0, 0, count(*), NULL
          FROM (
            SELECT DISTINCT h.run, h.no
            FROM overseer.held AS l
            CROSS JOIN LATERAL unnest(l.runs, l.nos) AS h (run, no)
          ) AS h
          CROSS JOIN LATERAL (
            SELECT j.type
            FROM overseer.job AS j
            WHERE j.run = h.run AND j.no = h.no AND j.status = 1
            OFFSET 0
          ) AS j
          GROUP BY j.type
        ) AS b
        JOIN overseer.job_type AS p ON p.id = b.type
        GROUP BY p.name
        ORDER BY p.name COLLATE "C"
        """;

    public const string Types =
        """
        SELECT p.name, j.unstarted, j.started, j.finished, j.failed, j.aborted, j.first_start, j.last_end
        FROM (
          SELECT type, count(*) FILTER (WHERE status = 0)::int AS unstarted, count(*) FILTER (WHERE status = 1)::int AS started,
            count(*) FILTER (WHERE status = 2)::int AS finished, count(*) FILTER (WHERE status = 3)::int AS failed,
            count(*) FILTER (WHERE status = 4)::int AS aborted, min(started_at) AS first_start, max(finished_at) AS last_end
          FROM overseer.job
          WHERE run = $1
          GROUP BY type
        ) AS j
        JOIN overseer.job_type AS p ON p.id = j.type
        ORDER BY p.name COLLATE "C"
        """;

    // $1 run, $2 no.
    public const string Explain =
        """
        SELECT now(), w.alive, w.able, k.beat_at + k.lease_time, a.before,
          EXISTS (
            SELECT
            FROM overseer.propagation AS p
            JOIN overseer.edge AS e ON e.run = p.run AND e.dep = p.dep
            WHERE p.run = j.run AND p.after < j.no AND e.no = j.no
          )
        FROM overseer.job AS j
        LEFT JOIN overseer.worker AS k ON k.no = j.worker
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS alive, (count(*) FILTER (WHERE w.types IS NULL OR j.type = ANY (w.types)))::int AS able
          FROM overseer.worker AS w
          WHERE w.beat_at + w.lease_time > now()
        ) AS w
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS before
          FROM (
            SELECT
            FROM overseer.ready AS r
            WHERE NOT r.is_suspect AND r.type = j.type AND (r.due, r.run, r.no) < (j.run_at, j.run, j.no)
            ORDER BY r.due, r.run, r.no
            LIMIT (SELECT 1000)
          ) AS r
        ) AS a
        WHERE j.run = $1 AND j.no = $2
        """;

    // Up to twenty.
    public const string WaitingFor =
        """
        SELECT d.run, d.no, 0
        FROM overseer.edge AS e
        CROSS JOIN LATERAL (
          SELECT d.run, d.no
          FROM overseer.job AS d
          WHERE d.run = e.run AND d.no = e.dep AND d.status <> 2
          OFFSET 0
        ) AS d
        WHERE e.run + 0 = $1 AND e.no + 0 = $2
        ORDER BY e.dep + 0
        LIMIT 20
        """;

    private const string Fits =
        "($5::text IS NULL OR j.type = (SELECT p.id FROM overseer.job_type AS p WHERE p.name = $5)) AND ($6::smallint IS NULL OR j.status = $6) AND ($7::smallint IS NULL OR j.reason = $7)";

    private const string RunsOfWalked =
        """
        found AS (
          SELECT v.*
          FROM walked AS w
          CROSS JOIN LATERAL (
            SELECT *
            FROM overseer.run_view AS v
            WHERE v.id = w.id AND ($4::text IS NULL OR v.graph = $4) AND ($5::text IS NULL OR v.status = $5)
            OFFSET 0
          ) AS v
          ORDER BY w.id DESC
          LIMIT $3
        )
        SELECT id, key, graph, version, status, jobs, finished, failed, aborted, created_at, finished_at
        FROM found
        UNION ALL
        SELECT min(id), NULL, NULL, NULL, NULL, count(*)::int, 0, 0, 0, now(), NULL
        FROM walked
        """;
}
