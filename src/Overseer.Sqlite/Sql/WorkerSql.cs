namespace Overseer.Sqlite.Sql;

internal static class WorkerSql
{
    // A registration whose answer was lost is repeated.
    public const string Register =
        """
        INSERT INTO worker (id, label, lease_ms, beat_at)
        VALUES (@worker, @label, @lease_ms, @now)
        ON CONFLICT (id) DO UPDATE SET label = excluded.label, lease_ms = excluded.lease_ms, beat_at = excluded.beat_at
        """;

    // An update and never an insert: a worker that was taken for dead stays dead.
    public const string Beat =
        """
        UPDATE worker
        SET beat_at = @now
        WHERE id = @worker
        """;

    public const string Retire =
        """
        DELETE FROM worker
        WHERE id = @worker
        """;

    public const string ReleaseAll =
        """
        UPDATE job INDEXED BY job_started
        SET status = 0, worker = NULL, attempt = attempt - 1
        WHERE status = 1 AND worker = @worker
        """;
}
