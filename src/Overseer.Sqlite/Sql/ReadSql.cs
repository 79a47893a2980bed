namespace Overseer.Sqlite.Sql;

internal static class ReadSql
{
    public const string Run =
        """
        SELECT id, key, graph, version, jobs, finished, failed, aborted, aborted_aloud, created_at, finished_at
        FROM run
        WHERE id = @run
        """;

    public const string RunByKey =
        """
        SELECT id, key, graph, version, jobs, finished, failed, aborted, aborted_aloud, created_at, finished_at
        FROM run
        WHERE key = @key
        """;

    public const string FindName =
        """
        SELECT run, no
        FROM job_name
        WHERE id = @id
        """;

    public const string Jobs =
        """
        SELECT j.no, n.id, j.type, j.status, j.reason, j.attempt, j.max_attempts, j.losses, j.waiting, j.run_at, j.started_at, j.finished_at,
          r.created_at, a.json, t.json, f.message, f.exception, f.details, coalesce(nullif(k.label, ''), j.worker), k.beat_at,
          c.no, c.type, cn.id, c.status, c.reason
        FROM job AS j
        JOIN run AS r ON r.id = j.run
        LEFT JOIN job_name AS n ON n.run = j.run AND n.no = j.no
        LEFT JOIN job_args AS a ON a.run = j.run AND a.no = j.no
        LEFT JOIN job_result AS t ON t.run = j.run AND t.no = j.no
        LEFT JOIN job_failure AS f ON f.run = j.run AND f.no = j.no
        LEFT JOIN worker AS k ON k.id = j.worker
        LEFT JOIN job AS c ON c.run = j.run AND c.no = j.cause
        LEFT JOIN job_name AS cn ON cn.run = c.run AND cn.no = c.no
        WHERE j.run = @run AND j.no >= @from AND (@type IS NULL OR j.type = @type)
        ORDER BY j.no
        LIMIT @limit
        """;
}
