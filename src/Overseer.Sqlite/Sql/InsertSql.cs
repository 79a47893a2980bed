namespace Overseer.Sqlite.Sql;

internal static class InsertSql
{
    public const string FindKey =
        """
        SELECT id, fingerprint
        FROM run
        WHERE key = @key
        """;

    public const string FindName =
        """
        SELECT n.run, j.type, a.json, n.no
        FROM job_name AS n
        JOIN job AS j ON j.run = n.run AND j.no = n.no
        LEFT JOIN job_args AS a ON a.run = n.run AND a.no = n.no
        WHERE n.id = @id
        """;

    public const string Fingerprint =
        """
        SELECT fingerprint
        FROM run
        WHERE id = @run
        """;

    public const string Key =
        """
        SELECT key
        FROM run
        WHERE id = @run
        """;

    public const string Dependencies =
        """
        SELECT dep
        FROM edge
        WHERE run = @run AND no = @no
        """;

    public const string Run =
        """
        INSERT INTO run (key, graph, version, fingerprint, jobs, created_at)
        VALUES (@key, @graph, @version, @fingerprint, @jobs, @now)
        RETURNING id
        """;

    public const string Job =
        """
        INSERT INTO job (run, no, type, waiting, max_attempts, run_at)
        VALUES (@run, @no, @type, @waiting, @max_attempts, @run_at)
        """;

    public const string Args =
        """
        INSERT INTO job_args (run, no, json)
        VALUES (@run, @no, @json)
        """;

    public const string Name =
        """
        INSERT INTO job_name (id, run, no)
        VALUES (@id, @run, @no)
        """;

    public const string Edge =
        """
        INSERT INTO edge (run, dep, no)
        VALUES (@run, @dep, @no)
        """;
}
