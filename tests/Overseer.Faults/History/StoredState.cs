namespace Overseer.Faults;

/// <summary>What the store holds when a scenario is over, read past its own code.</summary>
internal sealed record StoredState
{
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
            SELECT r.id, r.key, r.jobs, (SELECT count(*) FROM overseer.job AS j WHERE j.run = r.id), (SELECT count(*) FROM overseer.edge AS e WHERE e.run = r.id)
            FROM overseer.run AS r
            """,
            row => (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4))),
        Edges = await Db.QueryAsync(database, "SELECT run, dep, no FROM overseer.edge", row => (row.GetInt64(0), row.GetInt32(1), row.GetInt32(2))),
        Statuses = (await Db.QueryAsync(database, "SELECT run, no, status FROM overseer.job", row => ((row.GetInt64(0), row.GetInt32(1)), (JobStatus)row.GetInt16(2)))).ToDictionary(),
        Miscounts = await Db.QueryAsync(database, Db.IsFile(database) ? Recount.Sqlite : Recount.Postgres, row => row.GetString(0)),
        Orphans = await Db.QueryAsync(
            database,
            """
            SELECT 'job ' || run || '-' || no FROM overseer.job AS j WHERE NOT EXISTS (SELECT 1 FROM overseer.run AS r WHERE r.id = j.run)
            UNION ALL
            SELECT 'edge ' || run || '-' || no FROM overseer.edge AS e WHERE NOT EXISTS (SELECT 1 FROM overseer.job AS j WHERE j.run = e.run AND j.no = e.no)
            """,
            row => row.GetString(0)),
        Unended = await Db.QueryAsync(
            database, "SELECT id || ' (' || status || ', waits for ' || waiting_on || ')' FROM overseer.job_view WHERE status IN ('unstarted', 'started')", row => row.GetString(0)),
        Deadlocks = deadlocks,
    };
}
