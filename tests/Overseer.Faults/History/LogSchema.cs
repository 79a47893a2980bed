namespace Overseer.Faults;

/// <summary>The triggers that write the log of transitions.</summary>
internal static class LogSchema
{
    // Not in the store's schema, and written as its owner, so that roles with few rights need none here.
    public const string Postgres =
        """
        CREATE SCHEMA test_log;
        CREATE TABLE test_log.transition (
          seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(), began timestamptz NOT NULL DEFAULT now(), run bigint NOT NULL, no int NOT NULL,
          from_status int NOT NULL, to_status int NOT NULL, lease_before bigint NOT NULL, lease bigint NOT NULL, worker int, attempt_before int NOT NULL, attempt int NOT NULL,
          max_attempts int NOT NULL, losses_before int NOT NULL, losses int NOT NULL, tries_before int NOT NULL, tries int NOT NULL, waiting int NOT NULL, run_at timestamptz NOT NULL,
          worker_is_known boolean NOT NULL);
        CREATE TABLE test_log.worker_no (no int PRIMARY KEY, id text NOT NULL);
        CREATE FUNCTION test_log.write_worker() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          INSERT INTO test_log.worker_no (no, id) VALUES (new.no, new.id);
          RETURN NULL;
        END $$;
        CREATE TRIGGER test_log AFTER INSERT ON overseer.worker FOR EACH ROW EXECUTE FUNCTION test_log.write_worker();
        CREATE FUNCTION test_log.write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          INSERT INTO test_log.transition (run, no, from_status, to_status, lease_before, lease, worker, attempt_before, attempt, max_attempts, losses_before, losses,
            tries_before, tries, waiting, run_at, worker_is_known)
          VALUES (new.run, new.no, old.status, new.status, old.lease, new.lease, coalesce(new.worker, old.worker), old.attempt, new.attempt, new.max_attempts, old.losses, new.losses,
            old.faults + old.snoozes, new.faults + new.snoozes, new.waiting, new.run_at, EXISTS (SELECT FROM overseer.worker AS w WHERE w.no = coalesce(new.worker, old.worker)));
          RETURN NULL;
        END $$;
        CREATE TRIGGER test_log AFTER UPDATE ON overseer.job FOR EACH ROW
          WHEN (old.status <> new.status OR old.lease <> new.lease) EXECUTE FUNCTION test_log.write();
        """;

    // In the store's file, since a trigger reaches no other.
    public const string Sqlite =
        """
        CREATE TABLE overseer.worker_no (no INTEGER PRIMARY KEY, id TEXT NOT NULL);
        CREATE TABLE overseer.transition (
          seq INTEGER PRIMARY KEY, at TEXT, run INTEGER, no INTEGER, from_status INTEGER, to_status INTEGER, lease_before INTEGER, lease INTEGER, worker INTEGER,
          attempt_before INTEGER, attempt INTEGER, max_attempts INTEGER, losses_before INTEGER, losses INTEGER, tries_before INTEGER, tries INTEGER, waiting INTEGER, run_at TEXT,
          worker_is_known INTEGER, began TEXT DEFAULT (strftime('%Y-%m-%d %H:%M:%f')));
        CREATE TRIGGER overseer.test_log_worker AFTER INSERT ON worker
        BEGIN
          INSERT INTO worker_no (id) VALUES (new.id);
        END;
        CREATE TRIGGER overseer.test_log AFTER UPDATE ON job WHEN old.status <> new.status OR old.lease <> new.lease
        BEGIN
          INSERT INTO transition (at, run, no, from_status, to_status, lease_before, lease, worker, attempt_before, attempt, max_attempts, losses_before, losses,
            tries_before, tries, waiting, run_at, worker_is_known)
          VALUES (strftime('%Y-%m-%d %H:%M:%f'), new.run, new.no, old.status, new.status, old.lease, new.lease,
            (SELECT w.no FROM worker_no AS w WHERE w.id = coalesce(new.worker, old.worker)), old.attempt, new.attempt, new.max_attempts, old.losses, new.losses,
            old.faults + old.snoozes, new.faults + new.snoozes, new.waiting, strftime('%Y-%m-%d %H:%M:%f', new.run_at / 1000.0, 'unixepoch'),
            EXISTS (SELECT 1 FROM worker AS w WHERE w.id = coalesce(new.worker, old.worker)));
        END;
        """;
}
