namespace Overseer.Sqlite.Sql;

/// <summary>What follows when a job ends badly. The temporary table <c>closing</c> holds that job and all that it closes.</summary>
internal static class CloseSql
{
    public const string HasDependents =
        """
        SELECT 1
        FROM edge
        WHERE run = @run AND dep = @no
        LIMIT 1
        """;

    // The job itself, and every unstarted job that can be reached from it over unstarted jobs. CROSS JOIN keeps the order of the
    // loops: from a job to its dependents, never a scan of the run. An unstarted job has no closed dependency yet, so each is a 0 to 1.
    public const string Collect =
        """
        INSERT INTO temp.closing (no)
        WITH RECURSIVE reached (no) AS (
          VALUES (@no)
          UNION
          SELECT e.no
          FROM reached
          CROSS JOIN edge AS e ON e.run = @run AND e.dep = reached.no
          CROSS JOIN job AS j ON j.run = @run AND j.no = e.no AND j.status = 0
        )
        SELECT no FROM reached
        """;

    // The run comes out of the subquery, so that the update has to begin there: begun at the jobs it would read the whole run.
    public const string RaiseClosed =
        """
        UPDATE job
        SET closed = closed + raised.by
        FROM (
          SELECT e.run AS run, e.no AS no, count(*) AS by
          FROM temp.closing AS c
          CROSS JOIN edge AS e ON e.run = @run AND e.dep = c.no
          GROUP BY e.run, e.no
        ) AS raised
        WHERE job.run = raised.run AND job.no = raised.no
        """;

    // The plus keeps the index from being searched once per closing job for each dependency: 100,000 jobs took minutes so.
    public const string Abort =
        """
        UPDATE job
        SET status = 4, reason = @reason, finished_at = @now,
          cause = (SELECT min(e.dep) FROM edge AS e WHERE e.run = @run AND e.no = job.no AND +e.dep IN (SELECT c.no FROM temp.closing AS c))
        WHERE run = @run AND no IN (SELECT no FROM temp.closing) AND status = 0
        """;

    public const string Clear = "DELETE FROM temp.closing";
}
