namespace Overseer.Faults;

/// <summary>What the store holds when a scenario is over, read past its own code.</summary>
internal sealed record StoredState
{
    // A bystander's own count of everything that the store keeps counted.
    private const string Recount =
        """
        SELECT j.run || '-' || j.no || ' waits for ' || j.waiting || ' dependencies, and ' || n.waiting || ' have not finished'
        FROM overseer.job AS j
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE d.status <> 2) AS waiting, count(*) FILTER (WHERE d.status IN (3, 4)) AS closed
          FROM overseer.edge AS e JOIN overseer.job AS d ON d.run = e.run AND d.no = e.dep WHERE e.run = j.run AND e.no = j.no) AS n
        WHERE j.waiting <> n.waiting AND NOT EXISTS (SELECT FROM overseer.propagation AS p WHERE p.run = j.run)
        UNION ALL
        SELECT j.run || '-' || j.no || ' counts ' || j.closed || ' closed dependencies, and there are ' || n.closed
        FROM overseer.job AS j
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE d.status IN (3, 4)) AS closed
          FROM overseer.edge AS e JOIN overseer.job AS d ON d.run = e.run AND d.no = e.dep WHERE e.run = j.run AND e.no = j.no) AS n
        WHERE j.closed <> n.closed
        UNION ALL
        SELECT 'run ' || v.id || ' counts ' || v.finished || '/' || v.failed || '/' || v.aborted || ' ended jobs, and there are ' || n.finished || '/' || n.failed || '/' || n.aborted
        FROM overseer.run_view AS v
        JOIN (SELECT run, count(*) FILTER (WHERE status = 2) AS finished, count(*) FILTER (WHERE status = 3) AS failed, count(*) FILTER (WHERE status = 4) AS aborted
          FROM overseer.job GROUP BY run) AS n ON n.run = v.id
        WHERE (v.finished, v.failed, v.aborted) <> (n.finished, n.failed, n.aborted)
        UNION ALL
        SELECT j.run || '-' || j.no || ' can run and is not in the queue'
        FROM overseer.job AS j
        WHERE j.status = 0 AND j.waiting = 0 AND NOT EXISTS (SELECT FROM overseer.ready AS r WHERE r.run = j.run AND r.no = j.no)
        UNION ALL
        SELECT r.run || '-' || r.no || ' is in the queue ' || count(*) || ' times'
        FROM overseer.ready AS r
        GROUP BY r.run, r.no
        HAVING count(*) > 1
        UNION ALL
        SELECT j.run || '-' || j.no || ' is held by worker ' || j.worker || ', which is in no list of what workers hold'
        FROM overseer.job AS j
        WHERE j.status = 1 AND NOT EXISTS (SELECT FROM overseer.held AS h WHERE h.worker = j.worker AND j.run = ANY (h.runs) AND j.no = ANY (h.nos))
        UNION ALL
        SELECT j.run || '-' || j.no || ' finished without its result'
        FROM overseer.job AS j
        JOIN overseer.job_type AS t ON t.id = j.type
        WHERE j.status = 2 AND t.name = 'step' AND NOT EXISTS (SELECT FROM overseer.job_result AS r WHERE r.run = j.run AND r.no = j.no)
        """;

    public required IReadOnlyList<(long Id, string? Key, int Jobs, int Stored, int Edges)> Runs { get; init; }

    public required IReadOnlyList<(long Run, int Dep, int No)> Edges { get; init; }

    public required IReadOnlyDictionary<(long Run, int No), JobStatus> Statuses { get; init; }

    public required IReadOnlyList<string> Miscounts { get; init; }

    public required IReadOnlyList<string> Orphans { get; init; }

    public required IReadOnlyList<string> Unended { get; init; }

    public required int Deadlocks { get; init; }

    public static async Task<StoredState> ReadAsync(string database, int deadlocks) => new()
    {
        Runs = await Db.QueryAsync(
            database,
            """
            SELECT r.id, r.key, r.jobs, (SELECT count(*)::int FROM overseer.job AS j WHERE j.run = r.id), (SELECT count(*)::int FROM overseer.edge AS e WHERE e.run = r.id)
            FROM overseer.run AS r
            """,
            row => (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4))),
        Edges = await Db.QueryAsync(database, "SELECT run, dep, no FROM overseer.edge", row => (row.GetInt64(0), row.GetInt32(1), row.GetInt32(2))),
        Statuses = (await Db.QueryAsync(database, "SELECT run, no, status FROM overseer.job", row => ((row.GetInt64(0), row.GetInt32(1)), (JobStatus)row.GetInt16(2)))).ToDictionary(),
        Miscounts = await Db.QueryAsync(database, Recount, row => row.GetString(0)),
        Orphans = await Db.QueryAsync(
            database,
            """
            SELECT 'job ' || run || '-' || no FROM overseer.job AS j WHERE NOT EXISTS (SELECT FROM overseer.run AS r WHERE r.id = j.run)
            UNION ALL
            SELECT 'edge ' || run || '-' || no FROM overseer.edge AS e WHERE NOT EXISTS (SELECT FROM overseer.job AS j WHERE j.run = e.run AND j.no = e.no)
            """,
            row => row.GetString(0)),
        Unended = await Db.QueryAsync(
            database, "SELECT id || ' (' || status || ', waits for ' || waiting_on || ')' FROM overseer.job_view WHERE status IN ('unstarted', 'started')", row => row.GetString(0)),
        Deadlocks = deadlocks,
    };
}
