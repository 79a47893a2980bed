namespace Overseer.Postgres.Sql;

internal static class InsertSql
{
    // A whole small graph in one round trip. One row always comes back: the new run, or the one that has the key, or neither,
    // if that one was committed after this statement began; then it is told again. Whoever is notified hears how long it took.
    public const string Graph =
        """
        WITH known AS MATERIALIZED (
          SELECT id, fingerprint
          FROM overseer.run
          WHERE key = $1
        ),
        added AS (
          INSERT INTO overseer.run (created_at, graph, jobs, key, args, fingerprint)
          SELECT now(), $2, $3, $1, $4, $5
          WHERE NOT EXISTS (SELECT FROM known)
          ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING
          RETURNING id
        ),
        jobs AS (
          INSERT INTO overseer.job (run, run_at, no, type, waiting, dependents, args_slot, max_attempts, is_only)
          SELECT a.id, greatest(now(), j.run_at), j.ordinal - 1, j.type, j.waiting, j.dependents, nullif(j.args_slot, -1), j.max_attempts, $3 = 1
          FROM added AS a
          CROSS JOIN unnest($6::int[], $7::int[], $8::int[], $9::int[], $10::smallint[], $11::timestamptz[])
            WITH ORDINALITY AS j (type, waiting, dependents, args_slot, max_attempts, run_at, ordinal)
          RETURNING run, run_at, no, type, waiting
        ),
        edges AS (
          INSERT INTO overseer.edge (run, dep, no)
          SELECT a.id, e.dep, e.no
          FROM added AS a
          CROSS JOIN unnest($12::int[], $13::int[]) AS e (dep, no)
        ),
        args AS (
          INSERT INTO overseer.job_args (run, slot, json)
          SELECT a.id, t.slot, t.json
          FROM added AS a
          CROSS JOIN unnest($14::text[]) WITH ORDINALITY AS t (json, slot)
        ),
        readied AS (
          INSERT INTO overseer.ready (due, run, no, type, is_suspect)
          SELECT j.run_at, j.run, j.no, j.type, false
          FROM jobs AS j
          WHERE j.waiting = 0
        )
        SELECT a.id, k.id, k.fingerprint,
          (SELECT pg_notify('overseer.ready', least(greatest(extract(epoch FROM clock_timestamp() - now()) * 1000, 0), 3600000)::int::text) FROM added AS n CROSS JOIN LATERAL (SELECT FROM overseer.worker WHERE is_idle LIMIT 1) AS w WHERE pg_notification_queue_usage() < 0.9)::text
        FROM (VALUES (1)) AS one (one)
        LEFT JOIN added AS a ON true
        LEFT JOIN known AS k ON true
        """;

    public const string FindKeys =
        """
        SELECT key, id, fingerprint
        FROM overseer.run
        WHERE key = ANY ($1)
        """;

    public const string FindNames =
        """
        SELECT n.id, n.run, n.no, t.name, CASE j.args_slot WHEN 0 THEN r.args ELSE a.json END, r.fingerprint, r.key
        FROM overseer.job_name AS n
        JOIN overseer.job AS j ON j.run = n.run AND j.no = n.no
        JOIN overseer.run AS r ON r.id = n.run
        JOIN overseer.job_type AS t ON t.id = j.type
        LEFT JOIN overseer.job_args AS a ON a.run = j.run AND a.slot = j.args_slot
        WHERE n.id = ANY ($1)
        """;

    public const string Dependencies =
        """
        SELECT e.dep, e.no
        FROM unnest($2::int[]) AS t (no)
        CROSS JOIN LATERAL (
          SELECT e.dep, e.no
          FROM overseer.edge AS e
          WHERE e.run + 0 = $1 AND e.no + 0 = t.no
          OFFSET 0
        ) AS e
        """;

    public const string NewRuns =
        """
        SELECT array_agg(nextval('overseer.run_id')), now()
        FROM generate_series(1, $1)
        """;

    public const string CopyRuns = "COPY overseer.run (id, created_at, graph, jobs, key, args, fingerprint) FROM STDIN (FORMAT binary)";

    public const string CopyJobs =
        "COPY overseer.job (run, run_at, no, type, waiting, dependents, args_slot, max_attempts, is_only, is_named) FROM STDIN (FORMAT binary)";

    public const string CopyEdges = "COPY overseer.edge (run, dep, no) FROM STDIN (FORMAT binary)";

    public const string CopyArgs = "COPY overseer.job_args (run, slot, json) FROM STDIN (FORMAT binary)";

    public const string CopyNames = "COPY overseer.job_name (id, run, no) FROM STDIN (FORMAT binary)";

    public const string CopyReady = "COPY overseer.ready (due, run, no, type, is_suspect) FROM STDIN (FORMAT binary)";

    // It may be a transaction of the caller's that goes on: then nobody knows how long it takes.
    public const string Notify =
        """
        SELECT pg_notify('overseer.ready', '')::text
        FROM (SELECT FROM overseer.worker WHERE is_idle LIMIT 1) AS w
        WHERE pg_notification_queue_usage() < 0.9
        """;
}
