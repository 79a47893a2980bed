namespace Overseer.Faults;

/// <summary>The log of transitions that a test database keeps.</summary>
internal static class TransitionLog
{
    public static Task InstallAsync(string connectionString) => Db.ExecuteAsync(connectionString, Db.IsFile(connectionString) ? LogSchema.Sqlite : LogSchema.Postgres);

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
        (await Db.QueryAsync(connectionString, "SELECT id, no FROM test_log.worker_no", row => (row.GetString(0), row.GetInt32(1)))).ToDictionary();
}
