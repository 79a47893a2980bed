namespace Overseer.Faults;

/// <summary>All broken twins.</summary>
internal static class Twins
{
    private const string Held = "j.status = 1 AND j.lease = e.lease AND j.worker = $1";

    public static IReadOnlyList<Twin> All { get; } =
    [
        new("finish-after-end", "A finish looks at the lease number, and not at whether the job has ended.", ["I1"], "F43b", (Held, "j.lease = e.lease")),
        new("no-lease-check", "A finish looks neither at the lease number nor at the worker.", ["I7"], "F7", (Held, "j.status = 1")),
        new("lease-reset", "Putting a job back resets its lease number.", ["I2"], "F1", ("SET status = 0, worker = NULL, attempt = m.attempt", "SET status = 0, worker = NULL, lease = 0, attempt = m.attempt")),
        new(
            "claim-leaves-it-ready", "A claim leaves the job in the queue, and looks at no status.", ["I2"], "F44",
            ("DELETE FROM overseer.ready AS r\n  USING started AS s\n  WHERE r.ctid = s.ready_place", "DELETE FROM overseer.ready AS r\n  USING started AS s\n  WHERE r.ctid = s.ready_place AND false"),
            ("j.status = 0 AND j.waiting = 0", "j.waiting = 0")),
        new(
            "not-exists", "A dependent is ready when a look finds no dependency that has not finished, without waiting for those that finish beside it.", ["I5"], "F38",
            (
                "UNION\n  SELECT d.run, d.no\n  FROM ending AS e\n  CROSS JOIN LATERAL (\n    SELECT j.run, j.no\n    FROM overseer.job AS j\n    WHERE j.run = e.run AND j.no = e.no AND j.dependents BETWEEN 1 AND 10000",
                "UNION\n  SELECT d.run, d.no\n  FROM ending AS e\n  CROSS JOIN LATERAL (\n    SELECT j.run, j.no\n    FROM overseer.job AS j\n    WHERE j.run = e.run AND j.no = e.no AND false"),
            (
                "d.waiting = n.jobs",
                "NOT EXISTS (SELECT FROM overseer.edge AS x JOIN overseer.job AS y ON y.run = x.run AND y.no = x.dep WHERE x.run = d.run AND x.no = d.no AND y.status <> 2 AND (y.run, y.no) NOT IN (SELECT z.run, z.no FROM ended AS z))"),
            ("waiting = j.waiting - l.jobs", "waiting = CASE WHEN l.is_last THEN 0 ELSE j.waiting END")),
        new(
            "any-dependency", "A dependent is ready when the first of its dependencies has finished.", ["I3", "I5"], "F1",
            ("d.waiting = n.jobs", "true"), ("waiting = j.waiting - l.jobs", "waiting = 0")),
        new("insert-in-parts", "A large graph is inserted without a transaction.", ["I4"], "F4", (", set_config('idle_in_transaction_session_timeout', '30s', true)", "; COMMIT")),
        new("uncounted-losses", "A worker's death is counted nowhere.", ["I6"], "F1", ("losses = m.losses, snoozes = m.snoozes", "losses = j.losses, snoozes = m.snoozes")),
        new("uncounted-attempts", "A claim does not count the attempt.", ["I6"], "F44", ("attempt = j.attempt + 1, lease", "attempt = j.attempt, lease")),
        new("before-its-time", "A claim does not look at when a job may run.", ["I6"], "F41b", ("r.due <= now()", "true")),
        new(
            "closes-direct-only", "A failed job closes those that depend on it, and not those that depend on these.", ["I8"], "F41b",
            ("WHERE j.run = $1 AND j.no = g.no AND j.status = 0\n    OFFSET 0\n  ) AS j\n),", "WHERE j.run = $1 AND j.no = g.no AND j.status = 0 AND false\n    OFFSET 0\n  ) AS j\n),")),
        new(
            "read-then-write-sweep", "A sweep takes back what it found when it began, whoever holds it by now.", ["I9"], "F7b",
            ("j.run = e.run AND j.no = e.no AND j.status = 1 AND j.lease = e.lease AND j.worker = e.worker", "j.run = e.run AND j.no = e.no")),
        new("takes-too-much", "A claim may bring one more than was asked for.", ["I11", "scenario"], "F44", ("    LIMIT s.jobs\n  ) AS p", "    LIMIT s.jobs + 1\n  ) AS p")),
        new("locks-as-they-come", "Of two finishes one locks jobs from the first to the last, and the other from the last to the first.", ["I13"], "F39",
            ("SELECT count(*)\nFROM (\n  SELECT e.run, e.no\n  FROM ending AS e", "SELECT count(*)\nFROM (SELECT * FROM (\n  SELECT e.run, e.no\n  FROM ending AS e"),
            ("ORDER BY 1, 2\n) AS t", "OFFSET 0) AS u ORDER BY CASE pg_backend_pid() % 2 WHEN 0 THEN no ELSE -no END\n) AS t")),
        new("late-sweep", "A dead worker's jobs are taken back after ten times its lease time.", ["I14"], "F2", ("beat_at + lease_time < now()", "beat_at + 12 * lease_time < now()")),
        new(
            "keys-are-not-unique", "Nothing but a look beforehand keeps two runs from having one key.", ["I10", "scenario"], "F58",
            ("ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING\n", ""))
        {
            Schema = "DROP INDEX overseer.run_key; CREATE INDEX run_key ON overseer.run (key) WHERE key IS NOT NULL",
        },
        new(
            "no-room-check", "Statements notify whether the server's queue has room or not.", ["scenario", "I5"], "F28",
            ("pg_notification_queue_usage() < 0.9", "true")),
        new(
            "host-time", "A claim believes that it is an hour later than the database says.", ["I6"], "F32",
            ("r.due <= now()", "r.due <= now() + interval '1 hour'")),
        new(
            "early-sweep", "The sweep takes workers for dead long before their leases are over.", ["scenario", "I9", "I6"], "F11",
            ("beat_at + lease_time < now()", "beat_at + lease_time / 100 < now()")),
        new(
            "raw-times", "Views show times as the server's clock said them, even if it was set back meanwhile.", ["scenario"], "F34",
            ("greatest(j.finished_at, j.started_at, r.created_at)", "j.finished_at"),
            ("greatest(j.started_at, r.created_at)", "j.started_at")),
        new(
            "cancel-finished", "A cancel does not look whether the job has ended.", ["I1"], "F43c",
            ("WHERE run = $1 AND no = $2 AND status IN (0, 1)", "WHERE run = $1 AND no = $2")),
        new(
            "no-idle-limit", "The server waits for ever for the rest of a transaction.", ["I5"], "F9",
            (", set_config('idle_in_transaction_session_timeout', '30s', true)", "")),
        new("sqlite-no-lease-check", "On SQLite a finish looks neither at the lease number nor at the worker.", ["I7"], "F67f", ("AND status = 1 AND worker = @worker AND lease = @lease\nRETURNING", "AND status = 1\nRETURNING")),
        new("sqlite-any-dependency", "On SQLite a dependent is ready when the first of its dependencies has finished.", ["I3", "I5"], "F67b", ("SET waiting = waiting - 1", "SET waiting = 0")),
        new("sqlite-uncounted-losses", "On SQLite a worker's death is counted nowhere.", ["I6"], "F67b", ("losses = @losses, snoozes = @snoozes, faults = @faults, run_at", "losses = losses + 0 * @losses, snoozes = @snoozes, faults = @faults, run_at")),
        new("sqlite-read-then-write", "On SQLite a write takes the lock when it first writes, and may be overtaken after it has read.", ["scenario"], "F67c", ("BEGIN IMMEDIATE", "BEGIN")),
    ];
}
