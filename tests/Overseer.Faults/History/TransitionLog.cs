namespace Overseer.Faults;

/// <summary>The log of transitions that a test database keeps.</summary>
internal static class TransitionLog
{
    // Not in the store's schema, and written as its owner, so that roles with few rights need none here.
    private const string Install =
        """
        CREATE SCHEMA test_log;
        CREATE TABLE test_log.transition (
          seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(), began timestamptz NOT NULL DEFAULT now(), run bigint NOT NULL, no int NOT NULL,
          from_status int NOT NULL, to_status int NOT NULL, lease_before bigint NOT NULL, lease bigint NOT NULL, worker int, attempt_before int NOT NULL, attempt int NOT NULL,
          max_attempts int NOT NULL, losses_before int NOT NULL, losses int NOT NULL, tries_before int NOT NULL, tries int NOT NULL, waiting int NOT NULL, run_at timestamptz NOT NULL,
          worker_is_known boolean NOT NULL);
        CREATE TABLE test_log.worker (no int PRIMARY KEY, id uuid NOT NULL);
        CREATE FUNCTION test_log.write_worker() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          INSERT INTO test_log.worker (no, id) VALUES (new.no, new.id);
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

    public static Task InstallAsync(string connectionString) => Db.ExecuteAsync(connectionString, Install);

    public static Task<List<Transition>> ReadAsync(string connectionString) => Db.QueryAsync(
        connectionString,
        """
        SELECT seq, at, run, no, from_status, to_status, lease_before, lease, worker, attempt_before, attempt, max_attempts, losses_before, losses, tries_before, tries, waiting, run_at, worker_is_known, began
        FROM test_log.transition
        ORDER BY seq
        """,
        row => new Transition
        {
            Seq = row.GetInt64(0),
            At = row.GetDateTime(1),
            Run = row.GetInt64(2),
            No = row.GetInt32(3),
            From = (JobStatus)row.GetInt32(4),
            To = (JobStatus)row.GetInt32(5),
            LeaseBefore = row.GetInt64(6),
            Lease = row.GetInt64(7),
            Worker = row.IsDBNull(8) ? null : row.GetInt32(8),
            AttemptBefore = row.GetInt32(9),
            Attempt = row.GetInt32(10),
            MaxAttempts = row.GetInt32(11),
            LossesBefore = row.GetInt32(12),
            Losses = row.GetInt32(13),
            TriesBefore = row.GetInt32(14),
            Tries = row.GetInt32(15),
            Waiting = row.GetInt32(16),
            RunAt = row.GetDateTime(17),
            IsWorkerKnown = row.GetBoolean(18),
            Began = row.GetDateTime(19),
        });

    /// <summary>The numbers that the store gave to workers, by their ids.</summary>
    public static async Task<Dictionary<string, int>> ReadWorkersAsync(string connectionString) =>
        (await Db.QueryAsync(connectionString, "SELECT id, no FROM test_log.worker", row => (row.GetGuid(0).ToString(), row.GetInt32(1)))).ToDictionary();
}
