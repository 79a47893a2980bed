namespace Overseer.Postgres.Sql;

/// <remarks>
/// Arrays come sorted by run and number: the one order in which every statement locks jobs.
/// Of a limit that it cannot compute the planner believes that it leaves a tenth of the rows, so <c>LIMIT (SELECT cardinality(…))</c>, which
/// takes nothing away, makes it expect one: then it looks each up where it was told to, even if it planned when the table was empty,
/// and finds nothing to gain from planning anew for each list (seen: 0.5 ms for one job).
/// </remarks>
internal static class FinishSql
{
    // The jobs that end and those that depend on them, before anything is read: a dependency that finishes at the same time
    // elsewhere is then either committed and seen by the next statement, or waits for this transaction.
    public const string Lock =
        """
        WITH ending AS MATERIALIZED (
          SELECT e.run, e.no
          FROM unnest($1::bigint[], $2::int[]) AS e (run, no)
          LIMIT (SELECT cardinality($1))
        )
        SELECT count(*)
        FROM (
          SELECT e.run, e.no
          FROM ending AS e
          UNION
          SELECT d.run, d.no
          FROM ending AS e
          CROSS JOIN LATERAL (
            SELECT j.run, j.no
            FROM overseer.job AS j
            WHERE j.run = e.run AND j.no = e.no AND j.dependents BETWEEN 1 AND 10000
            OFFSET 0
          ) AS j
          CROSS JOIN LATERAL (
            SELECT g.run, g.no
            FROM overseer.edge AS g
            WHERE g.run = j.run AND g.dep = j.no
            OFFSET 0
          ) AS d
          ORDER BY 1, 2
        ) AS t
        CROSS JOIN LATERAL (
          SELECT
          FROM overseer.job AS j
          WHERE j.run = t.run AND j.no = t.no
          FOR NO KEY UPDATE OF j
        ) AS j
        """;

    // For jobs on which none depends. $1 worker, $2-$5 run, no, lease, result, $6 stripe.
    public const string Alone =
        """
        WITH mine AS MATERIALIZED (
          SELECT j.place, e.result
          FROM (
            SELECT e.run, e.no, e.lease, e.result
            FROM unnest($2::bigint[], $3::int[], $4::bigint[], $5::text[]) AS e (run, no, lease, result)
            LIMIT (SELECT cardinality($2))
          ) AS e
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place
            FROM overseer.job AS j
            WHERE j.run = e.run AND j.no = e.no AND j.status = 1 AND j.lease = e.lease AND j.worker = $1 AND j.dependents = 0
            FOR NO KEY UPDATE OF j
          ) AS j
        ),
        ended AS (
          UPDATE overseer.job AS j
          SET status = 2, worker = NULL, finished_at = now()
          FROM mine AS m
          WHERE j.ctid = m.place
          RETURNING j.run, j.no, j.attempt, j.is_only, m.result
        ),
        stored AS (
          INSERT INTO overseer.job_result (run, no, json)
          SELECT run, no, result
          FROM ended
          WHERE result IS NOT NULL
        ),
        forgotten AS (
          DELETE FROM overseer.job_failure AS f
          USING ended AS e
          WHERE e.attempt > 1 AND f.run = e.run AND f.no = e.no
        ),
        counted AS (
          INSERT INTO overseer.run_count (run, stripe, finished, failed, aborted, aborted_aloud, ended_at)
          SELECT run, $6, count(*), 0, 0, 0, now()
          FROM ended
          WHERE NOT is_only
          GROUP BY run
          ORDER BY run
          ON CONFLICT (run, stripe) DO UPDATE
          SET finished = run_count.finished + excluded.finished, ended_at = greatest(run_count.ended_at, excluded.ended_at)
        )
        SELECT run, no
        FROM ended
        """;

    // After Lock, in the same transaction and with a fresh snapshot. $1-$6 as in Alone, then $7 free slots, $8 types that may be
    // handed over, $9 batch, $10 types with inputs, $11 their inputs. The results that it stores itself it does not see: who told them puts them in.
    public const string Release =
        $"""
        WITH alive AS MATERIALIZED (
          SELECT no
          FROM overseer.worker
          WHERE no = $1 AND $7 > 0
          FOR KEY SHARE
        ),
        mine AS MATERIALIZED (
          SELECT j.place, e.result
          FROM (
            SELECT e.run, e.no, e.lease, e.result
            FROM unnest($2::bigint[], $3::int[], $4::bigint[], $5::text[]) AS e (run, no, lease, result)
            LIMIT (SELECT cardinality($2))
          ) AS e
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place
            FROM overseer.job AS j
            WHERE j.run = e.run AND j.no = e.no AND j.status = 1 AND j.lease = e.lease AND j.worker = $1
            OFFSET 0
          ) AS j
        ),
        ended AS (
          UPDATE overseer.job AS j
          SET status = 2, worker = NULL, finished_at = now()
          FROM mine AS m
          WHERE j.ctid = m.place
          RETURNING j.run, j.no, j.attempt, j.is_only, j.dependents, m.result
        ),
        stored AS (
          INSERT INTO overseer.job_result (run, no, json)
          SELECT run, no, result
          FROM ended
          WHERE result IS NOT NULL
        ),
        forgotten AS (
          DELETE FROM overseer.job_failure AS f
          USING ended AS e
          WHERE e.attempt > 1 AND f.run = e.run AND f.no = e.no
        ),
        counted AS (
          INSERT INTO overseer.run_count (run, stripe, finished, failed, aborted, aborted_aloud, ended_at)
          SELECT run, $6, count(*), 0, 0, 0, now()
          FROM ended
          WHERE NOT is_only
          GROUP BY run
          ORDER BY run
          ON CONFLICT (run, stripe) DO UPDATE
          SET finished = run_count.finished + excluded.finished, ended_at = greatest(run_count.ended_at, excluded.ended_at)
        ),
        postponed AS (
          INSERT INTO overseer.propagation (run, dep, after)
          SELECT run, no, -1
          FROM ended
          WHERE dependents > 10000
        ),
        lowered AS MATERIALIZED (
          SELECT d.place, n.jobs, d.waiting = n.jobs AS is_last, d.due, d.is_mine AND d.waiting = n.jobs
            AND row_number() OVER (PARTITION BY d.is_mine AND d.waiting = n.jobs ORDER BY d.due, d.run, d.no) <= $7 AS is_handed
          FROM (
            SELECT g.run, g.no, count(*)::int AS jobs
            FROM ended AS e
            CROSS JOIN LATERAL (
              SELECT g.run, g.no
              FROM overseer.edge AS g
              WHERE g.run = e.run AND g.dep = e.no
              OFFSET 0
            ) AS g
            WHERE e.dependents BETWEEN 1 AND 10000
            GROUP BY g.run, g.no
          ) AS n
          CROSS JOIN LATERAL (
            SELECT j.ctid AS place, j.run, j.no, j.waiting, greatest(j.run_at, now()) AS due,
              j.status = 0 AND j.losses = 0 AND j.run_at <= now() AND j.type = ANY ($8) AND EXISTS (SELECT FROM alive) AS is_mine
            FROM overseer.job AS j
            WHERE j.run = n.run AND j.no = n.no
            OFFSET 0
          ) AS d
        ),
        released AS (
          UPDATE overseer.job AS j
          SET waiting = j.waiting - l.jobs,
            run_at = CASE WHEN l.is_last THEN l.due ELSE j.run_at END,
            status = CASE WHEN l.is_handed THEN 1 ELSE j.status END,
            attempt = j.attempt + l.is_handed::int,
            lease = j.lease + l.is_handed::int,
            worker = CASE WHEN l.is_handed THEN $1 ELSE j.worker END,
            started_at = CASE WHEN l.is_handed THEN now() ELSE j.started_at END
          FROM lowered AS l
          WHERE j.ctid = l.place
          RETURNING j.run, j.no, j.run_at, j.lease, j.type, j.attempt, j.losses, j.dependents, j.args_slot, j.is_named, j.status, j.waiting, l.is_handed
        ),
        readied AS (
          INSERT INTO overseer.ready (due, run, no, type, is_suspect)
          SELECT run_at, run, no, type, losses > 0
          FROM released
          WHERE waiting = 0 AND status = 0
          RETURNING run
        ),
        kept AS (
          INSERT INTO overseer.held (worker, batch, runs, nos)
          SELECT $1, $9, array_agg(run), array_agg(no)
          FROM released
          WHERE is_handed
          HAVING count(*) > 0
        ),
        told AS MATERIALIZED (
          SELECT pg_notify('overseer.ready', least(greatest(extract(epoch FROM clock_timestamp() - now()) * 1000, 0), 3600000)::int::text)::text AS told
          FROM (SELECT FROM readied LIMIT 1) AS r
          CROSS JOIN (SELECT FROM overseer.worker WHERE is_idle LIMIT 1) AS w
          WHERE pg_notification_queue_usage() < 0.9
        )
        SELECT 0 AS kind, e.run, e.no, NULL::timestamptz AS run_at, 0::bigint AS lease, 0 AS type, 0 AS attempt, 0 AS losses, e.dependents,
          (SELECT count(*)::int FROM readied) AS graph, (SELECT told FROM told) AS key, NULL::text AS args, NULL::text AS id, NULL::int[] AS types, NULL::text[] AS results, NULL::int[] AS numbers
        FROM ended AS e
        UNION ALL
        SELECT 1, {ReserveSql.Facts},
          i.types, i.results, i.numbers
        FROM released AS s
        {ReserveSql.OfRun}
        LEFT JOIN LATERAL (
          SELECT array_agg(d.type) AS types, array_agg(t.json) AS results, array_agg(d.no) AS numbers
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
        WHERE s.is_handed
        """;

    public const string Ended =
        """
        SELECT e.ordinal, j.status, j.reason
        FROM unnest($1::bigint[], $2::int[], $3::bigint[]) WITH ORDINALITY AS e (run, no, lease, ordinal)
        CROSS JOIN LATERAL (
          SELECT j.status, j.reason
          FROM overseer.job AS j
          WHERE j.run = e.run AND j.no = e.no AND j.lease = e.lease AND j.status IN (2, 3, 4)
          OFFSET 0
        ) AS j
        """;
}
