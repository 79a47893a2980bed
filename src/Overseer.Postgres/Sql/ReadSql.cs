namespace Overseer.Postgres.Sql;

internal static class ReadSql
{
    public const string Run =
        """
        SELECT id, key, graph, version, status, jobs, finished, failed, aborted, created_at, finished_at
        FROM overseer.run_view
        WHERE id = $1
        """;

    public const string RunByKey =
        """
        SELECT id, key, graph, version, status, jobs, finished, failed, aborted, created_at, finished_at
        FROM overseer.run_view
        WHERE key = $1
        """;

    public const string FindName =
        """
        SELECT run, no
        FROM overseer.job_name
        WHERE id = $1
        """;

    public const string Jobs =
        $"""
        SELECT {Columns}
        FROM overseer.job AS j
        {Joins}
        WHERE j.run = $1 AND j.no >= $2 AND ($3::text IS NULL OR p.name = $3)
        ORDER BY j.no
        LIMIT $4
        """;

    // In no order.
    public const string JobsAt =
        $"""
        SELECT {Columns}
        FROM unnest($1::bigint[], $2::int[]) AS at (run, no)
        CROSS JOIN LATERAL (
          SELECT *
          FROM overseer.job AS j
          WHERE j.run = at.run AND j.no = at.no
          OFFSET 0
        ) AS j
        {Joins}
        """;

    private const string Columns =
        """
        j.no, n.id, p.name, j.status, j.reason, j.attempt, j.max_attempts, j.losses, j.waiting, j.run_at, j.started_at, j.finished_at,
          r.created_at, CASE j.args_slot WHEN 0 THEN r.args ELSE a.json END, t.json, f.message, f.exception, f.details,
          coalesce(nullif(k.label, ''), k.id::text), k.beat_at, c.no, cp.name, cn.id, c.status, c.reason, j.run
        """;

    private const string Joins =
        """
        JOIN overseer.run AS r ON r.id = j.run
        JOIN overseer.job_type AS p ON p.id = j.type
        LEFT JOIN overseer.job_name AS n ON n.run = j.run AND n.no = j.no
        LEFT JOIN overseer.job_args AS a ON a.run = j.run AND a.slot = j.args_slot
        LEFT JOIN overseer.job_result AS t ON t.run = j.run AND t.no = j.no
        LEFT JOIN overseer.job_failure AS f ON f.run = j.run AND f.no = j.no
        LEFT JOIN overseer.worker AS k ON k.no = j.worker
        LEFT JOIN overseer.job AS c ON c.run = j.run AND c.no = j.cause
        LEFT JOIN overseer.job_type AS cp ON cp.id = c.type
        LEFT JOIN overseer.job_name AS cn ON cn.run = c.run AND cn.no = c.no
        """;
}
