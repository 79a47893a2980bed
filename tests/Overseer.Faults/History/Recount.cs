namespace Overseer.Faults;

/// <summary>A bystander's own count of everything that a store keeps counted: what it has wrong, one line each.</summary>
internal static class Recount
{
    public const string Postgres =
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

    public const string Sqlite =
        """
        WITH counted AS (
          SELECT j.run, j.no, j.waiting, j.closed, count(*) FILTER (WHERE d.status <> 2) AS not_finished, count(*) FILTER (WHERE d.status IN (3, 4)) AS ended_badly
          FROM overseer.job AS j
          LEFT JOIN overseer.edge AS e ON e.run = j.run AND e.no = j.no
          LEFT JOIN overseer.job AS d ON d.run = e.run AND d.no = e.dep
          GROUP BY j.run, j.no)
        SELECT run || '-' || no || ' waits for ' || waiting || ' dependencies, and ' || not_finished || ' have not finished'
        FROM counted
        WHERE waiting <> not_finished
        UNION ALL
        SELECT run || '-' || no || ' counts ' || closed || ' closed dependencies, and there are ' || ended_badly
        FROM counted
        WHERE closed <> ended_badly
        UNION ALL
        SELECT 'run ' || v.id || ' counts ' || v.finished || '/' || v.failed || '/' || v.aborted || ' ended jobs, and there are ' || n.finished || '/' || n.failed || '/' || n.aborted
        FROM overseer.run_view AS v
        JOIN (SELECT run, count(*) FILTER (WHERE status = 2) AS finished, count(*) FILTER (WHERE status = 3) AS failed, count(*) FILTER (WHERE status = 4) AS aborted
          FROM overseer.job GROUP BY run) AS n ON n.run = v.id
        WHERE (v.finished, v.failed, v.aborted) <> (n.finished, n.failed, n.aborted)
        UNION ALL
        SELECT j.run || '-' || j.no || ' finished without its result'
        FROM overseer.job AS j
        WHERE j.status = 2 AND j.type = 'step' AND NOT EXISTS (SELECT 1 FROM overseer.job_result AS r WHERE r.run = j.run AND r.no = j.no)
        UNION ALL
        SELECT j.run || '-' || j.no || ' finished with ' || r.json || ', which is not what its handler returned'
        FROM overseer.job AS j
        JOIN overseer.job_args AS a ON a.run = j.run AND a.no = j.no
        JOIN overseer.job_result AS r ON r.run = j.run AND r.no = j.no
        WHERE j.type = 'step' AND j.status = 2 AND r.json <> json_extract(a.json, '$.Milliseconds') || ''
        UNION ALL
        SELECT 'the file is damaged: ' || integrity_check
        FROM pragma_integrity_check
        WHERE schema = 'overseer' AND integrity_check <> 'ok'
        """;
}
