namespace Overseer.Postgres.Sql;

/// <remarks>
/// A claim locks a row in <c>ready</c> and then its job, and never waits for either: what another holds is skipped. In this order, because a
/// row of <c>ready</c> that another claim has taken is gone, whereas the job that it led to would be looked up, and locked until this
/// claim commits, before it is seen to have started. Everything else locks the job first. The worker is locked last, so that a claim that
/// finds nothing writes nothing, and waits for no disk.
/// Subqueries behind LATERAL with OFFSET 0 or FOR UPDATE are walked row by row through an index, whatever the planner believes of the
/// tables. Of a limit that it cannot compute it believes that it asks for a tenth of the rows, and walks the index; otherwise it may read
/// and sort the whole queue (seen: 23 ms instead of 3). A million times what is wanted is never reached.
/// </remarks>
internal static class ReserveSql
{
    // What becomes of the rows that were picked: all claims start jobs alike. $1 worker, $5 batch.
    private const string Started =
        """
        alive AS MATERIALIZED (
          SELECT no
          FROM overseer.worker
          WHERE no = $1 AND EXISTS (SELECT FROM picked)
          FOR KEY SHARE
        ),
        started AS (
          UPDATE overseer.job AS j
          SET status = 1, attempt = j.attempt + 1, lease = j.lease + 1, worker = $1, started_at = now()
          FROM picked AS p
          WHERE j.ctid = p.job_place AND EXISTS (SELECT FROM alive)
          RETURNING j.run, j.no, j.run_at, j.lease, j.type, j.attempt, j.losses, j.dependents, j.args_slot, j.is_named, p.ready_place
        ),
        taken AS (
          DELETE FROM overseer.ready AS r
          USING started AS s
          WHERE r.ctid = s.ready_place
        ),
        kept AS (
          INSERT INTO overseer.held (worker, batch, runs, nos)
          SELECT $1, $5, array_agg(run), array_agg(no)
          FROM started
          HAVING count(*) > 0
        )
        """;

    // What a worker has to know of jobs "s" that it has: with their run "r", and what only some have, arguments of their own, a name that was chosen.
    internal const string Facts =
        """
        s.run, s.no, s.run_at, s.lease, s.type, s.attempt::int, s.losses::int, s.dependents, r.graph, r.key,
          CASE s.args_slot WHEN 0 THEN r.args ELSE (SELECT a.json FROM overseer.job_args AS a WHERE a.run = s.run AND a.slot = s.args_slot) END,
          CASE WHEN s.is_named THEN (SELECT n.id FROM overseer.job_name AS n WHERE n.run = s.run AND n.no = s.no) END
        """;

    internal const string OfRun =
        """
        CROSS JOIN LATERAL (
          SELECT r.graph, r.key, r.args
          FROM overseer.run AS r
          WHERE r.id = s.run
          OFFSET 0
        ) AS r
        """;

    // $1 worker, $2 types, $3 most jobs, $4, $12, $13 lower bound (due, run, no), $5 batch, $6-$8 upper bound,
    // $9 whether a suspect stops it, $10 types with inputs, $11 their inputs, $14 whether the worker is not to be told of more.
    public const string Claim =
        $"""
        WITH suspect AS MATERIALIZED (
          SELECT s.due, s.run, s.no
          FROM unnest($2::int[]) AS t (type)
          CROSS JOIN LATERAL (
            SELECT r.due, r.run, r.no
            FROM overseer.ready AS r
            WHERE r.is_suspect AND r.type = t.type AND r.due <= now()
            ORDER BY r.due, r.run, r.no
            LIMIT 1
          ) AS s
          WHERE $9
          ORDER BY s.due, s.run, s.no
          LIMIT 1
        ),
        share AS MATERIALIZED (
          SELECT c.type, count(*) AS jobs
          FROM (
            SELECT r.type
            FROM (SELECT unnest($2::int[]) AS type, $3::bigint AS jobs) AS t
            CROSS JOIN LATERAL (
              SELECT r.type, r.due, r.run, r.no
              FROM overseer.ready AS r
              WHERE NOT r.is_suspect AND r.type = t.type AND r.due <= now() AND (r.due, r.run, r.no) >= ($4, $12, $13) AND (r.due, r.run, r.no) < ($6, $7, $8)
              ORDER BY r.due, r.run, r.no
              LIMIT t.jobs
            ) AS r
            ORDER BY r.due, r.run, r.no
            LIMIT $3
          ) AS c
          WHERE cardinality($2) > 1
          GROUP BY c.type
          UNION ALL
          SELECT $2[1], $3
          WHERE cardinality($2) = 1
        ),
        crowd AS MATERIALIZED (
          SELECT cardinality($2) > 1 AND coalesce(sum(jobs), 0) = $3 AS is_crowded
          FROM share
        ),
        picked AS MATERIALIZED (
          SELECT p.ready_place, p.job_place
          FROM share AS s
          CROSS JOIN LATERAL (
            SELECT r.place AS ready_place, j.place AS job_place
            FROM (
              SELECT r.ctid AS place, r.run, r.no
              FROM overseer.ready AS r
              WHERE NOT r.is_suspect AND r.type = s.type AND r.due <= now() AND (r.due, r.run, r.no) >= ($4, $12, $13) AND (r.due, r.run, r.no) < ($6, $7, $8)
              ORDER BY r.due, r.run, r.no
              LIMIT s.jobs * 1000000
              FOR UPDATE OF r SKIP LOCKED
            ) AS r
            CROSS JOIN LATERAL (
              SELECT j.ctid AS place
              FROM overseer.job AS j
              WHERE j.run = r.run AND j.no = r.no AND j.status = 0 AND j.waiting = 0
              FOR NO KEY UPDATE OF j SKIP LOCKED
            ) AS j
            LIMIT s.jobs
          ) AS p
          WHERE NOT EXISTS (SELECT FROM suspect)
        ),
        {Started},
        told AS (
          UPDATE overseer.worker
          SET is_idle = NOT is_idle
          WHERE no = $1 AND CASE WHEN EXISTS (SELECT FROM started) THEN is_idle AND $14 ELSE NOT (is_idle OR $14) END
          RETURNING is_idle
        )
        SELECT now(), {Facts},
          i.types, i.results, false, false, c.is_crowded
        FROM started AS s
        {OfRun}
        LEFT JOIN LATERAL (
          SELECT array_agg(d.type) AS types, array_agg(t.json) AS results
          FROM (
            SELECT d.type, min(d.no) AS no
            FROM overseer.edge AS e
            CROSS JOIN LATERAL (SELECT d.type, d.no FROM overseer.job AS d WHERE d.run = e.run AND d.no = e.dep OFFSET 0) AS d
            WHERE s.type = ANY ($10) AND e.run + 0 = s.run AND e.no + 0 = s.no
              AND d.type IN (SELECT w.input FROM unnest($10::int[], $11::int[]) AS w (type, input) WHERE w.type = s.type)
            GROUP BY d.type
            HAVING count(*) = 1
          ) AS d
          LEFT JOIN LATERAL (SELECT t.json FROM overseer.job_result AS t WHERE t.run = s.run AND t.no = d.no OFFSET 0) AS t ON true
        ) AS i ON true
        CROSS JOIN crowd AS c
        UNION ALL
        SELECT now(), 0, 0, NULL, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL,
          EXISTS (SELECT FROM suspect), coalesce((SELECT is_idle FROM told), false), c.is_crowded
        FROM crowd AS c
        WHERE NOT EXISTS (SELECT FROM started)
        """;

    // What a worker that was idle has been told of: mostly one job, so that what counts is how soon the statement starts (seen, for one
    // job and a server process that slept: 0.8 ms instead of 1.1). Only of types without inputs, and without jobs with losses; it takes what
    // is not locked of the first $3, and the claim that follows takes the rest. $4 lower bound, the others as in Claim.
    // Of an array that it cannot compute the planner believes that it has ten elements, and so that the limit leaves one.
    public const string Wake =
        $"""
        WITH picked AS MATERIALIZED (
          SELECT c.place AS ready_place, j.place AS job_place
          FROM (
            SELECT c.place
            FROM unnest(ARRAY(
              SELECT r.place
              FROM (SELECT unnest($2::int[]) AS type, $3::bigint AS jobs) AS t
              CROSS JOIN LATERAL (
                SELECT r.ctid AS place, r.due, r.run, r.no
                FROM overseer.ready AS r
                WHERE NOT r.is_suspect AND r.type = t.type AND r.due <= now() AND r.due >= $4
                ORDER BY r.due, r.run, r.no
                LIMIT t.jobs
              ) AS r
              ORDER BY r.due, r.run, r.no
              LIMIT $3
            )) AS c (place)
            LIMIT (SELECT $3)
          ) AS c
          CROSS JOIN LATERAL (
            SELECT r.run, r.no
            FROM overseer.ready AS r
            WHERE r.ctid = c.place
            FOR UPDATE OF r SKIP LOCKED
          ) AS r
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place
            FROM overseer.job AS j
            WHERE j.run = r.run AND j.no = r.no AND j.status = 0 AND j.waiting = 0
            FOR NO KEY UPDATE OF j SKIP LOCKED
          ) AS j
        ),
        {Started}
        SELECT now(), {Facts}, NULL::int[], NULL::text[], false, false, false
        FROM started AS s
        {OfRun}
        """;

    // The first job with losses, if there is one that may be claimed; asked in the transaction that then claims it.
    public const string Suspect =
        """
        WITH alive AS MATERIALIZED (
          SELECT no
          FROM overseer.worker
          WHERE no = $2
          FOR KEY SHARE
        )
        SELECT s.due, s.run, s.no
        FROM alive
        CROSS JOIN unnest($1::int[]) AS t (type)
        CROSS JOIN LATERAL (
          SELECT r.due, r.run, r.no
          FROM overseer.ready AS r
          WHERE r.is_suspect AND r.type = t.type AND r.due <= now()
          ORDER BY r.due, r.run, r.no
          LIMIT 1
        ) AS s
        ORDER BY s.due, s.run, s.no
        LIMIT 1
        """;

    // Makes one job with losses look like one without for the claim that follows in the same transaction.
    public const string ReleaseSuspect =
        """
        WITH mine AS MATERIALIZED (
          SELECT j.type, j.losses
          FROM overseer.job AS j
          WHERE j.run = $2 AND j.no = $3 AND j.status = 0
          FOR NO KEY UPDATE OF j SKIP LOCKED
        )
        UPDATE overseer.ready AS r
        SET is_suspect = false
        FROM mine AS m
        WHERE r.is_suspect AND r.type = m.type AND r.due = $1 AND r.run = $2 AND r.no = $3
        """;
}
