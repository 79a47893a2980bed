using Overseer.Model;

namespace Overseer.Simulation.Tests;

/// <summary>Two small worlds of transactions.</summary>
internal static class TableWorlds
{
    private static readonly TableStep Read = new TableStep.Read();

    /// <summary>Fan-in and abort: rows 0, 1 and 2 are started and row 3 depends on them all; two finish, one fails or finishes, and an operator cancels the dependent.</summary>
    public static TableWorld FanIn(TableFlaw flaw, bool fails)
    {
        ValueList<TableRow> rows = [new(JobStatus.Started), new(JobStatus.Started), new(JobStatus.Started), new(JobStatus.Unstarted, Waiting: 3)];
        (int, int)[] edges = [(0, 3), (1, 3), (2, 3)];
        return new TableWorld(rows, [End(flaw, 0, 3, fails: false), End(flaw, 1, 3, fails: false), End(flaw, 2, 3, fails), Cancel(flaw)], edges);
    }

    /// <summary>Insert and finish: row 0 is started; two others add rows that depend on it while it ends.</summary>
    public static TableWorld Adding(TableFlaw flaw, bool fails)
    {
        ValueList<TableRow> rows = [new(JobStatus.Started), new(JobStatus.Unstarted, IsThere: false), new(JobStatus.Unstarted, IsThere: false)];
        TableStep list = Read;
        IReadOnlyList<TableStep> end =
        [
            .. flaw == TableFlaw.ListsFirst ? new[] { list, Lock(0) } : [Lock(0), list],
            Lock(1), Lock(2),
            .. flaw == TableFlaw.ListsFirst ? Array.Empty<TableStep>() : [Read],
            new TableStep.Commit((seen, now) => EndRow(EndRow(now.With(0, now[0] with { Status = fails ? JobStatus.Failed : JobStatus.Finished }), seen, 1, fails), seen, 2, fails)),
        ];
        return new TableWorld(rows, [end, Add(flaw, 1), Add(flaw, 2)], [(0, 1), (0, 2)]);
    }

    // First lock the job and its dependents in one order, then look, then write.
    private static List<TableStep> End(TableFlaw flaw, int job, int dependent, bool fails)
    {
        var write = new TableStep.Commit((seen, now) =>
        {
            if (now[job].Status != JobStatus.Started) return now;
            var next = now.With(job, now[job] with { Status = fails ? JobStatus.Failed : JobStatus.Finished });
            var row = flaw switch
            {
                TableFlaw.ReadsFirst => next[dependent] with { Waiting = seen[dependent].Waiting },
                TableFlaw.AsksForOthers => next[dependent] with { Waiting = seen.Where((other, number) => number != job && number != dependent && other.Status != JobStatus.Finished).Count() + 1 },
                _ => next[dependent],
            };
            return EndRow(next.With(dependent, row), seen, dependent, fails);
        });
        return flaw switch
        {
            TableFlaw.ReadsFirst or TableFlaw.AsksForOthers => [Read, Lock(job), Lock(dependent), write],
            _ => [Lock(job), Lock(dependent), Read, write],
        };
    }

    private static ValueList<TableRow> EndRow(ValueList<TableRow> now, ValueList<TableRow> seen, int dependent, bool fails)
    {
        var row = now[dependent];
        if (!seen[dependent].IsThere) return now;
        row = fails ? row with { Closed = row.Closed + 1, Status = row.Status == JobStatus.Unstarted ? JobStatus.Aborted : row.Status } : row with { Waiting = row.Waiting - 1 };
        return now.With(dependent, row);
    }

    private static List<TableStep> Cancel(TableFlaw flaw)
    {
        var write = new TableStep.Commit((seen, now) =>
        {
            foreach (var number in Enumerable.Range(0, now.Count).Where(number => number is 2 or 3 && !seen[number].IsEnded))
            {
                now = now.With(number, now[number] with { Status = JobStatus.Aborted });
                if (number == 2) now = now.With(3, now[3] with { Closed = now[3].Closed + 1 });
            }

            return now;
        });
        return flaw switch
        {
            TableFlaw.LocksBackwards => [Lock(3), Lock(2), Read, write],
            TableFlaw.CancelsOldRead => [Read, Lock(2), Lock(3), write],
            _ => [Lock(2), Lock(3), Read, write],
        };
    }

    private static List<TableStep> Add(TableFlaw flaw, int number)
    {
        var insert = new TableStep.Commit((seen, now) => now.With(number, seen[0].Status switch
        {
            JobStatus.Finished => new TableRow(JobStatus.Unstarted),
            JobStatus.Started => new TableRow(JobStatus.Unstarted, Waiting: 1),
            _ => new TableRow(JobStatus.Aborted, Waiting: 1, Closed: 1),
        }));
        return flaw == TableFlaw.AddsUnlocked ? [Read, insert] : [Lock(0), Read, insert];
    }

    private static TableStep.Lock Lock(int row) => new(row);
}
