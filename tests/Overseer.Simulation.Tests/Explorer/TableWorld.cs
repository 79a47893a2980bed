using Overseer.Model;

namespace Overseer.Simulation.Tests;

/// <summary>Transactions that lock, read and commit beside each other in any order, each reading only what is committed, as a database does.</summary>
/// <param name="rows">The rows at first.</param>
/// <param name="programs">The transactions.</param>
/// <param name="edges">Which row depends on which.</param>
internal sealed class TableWorld(ValueList<TableRow> rows, IReadOnlyList<IReadOnlyList<TableStep>> programs, IReadOnlyList<(int Dependency, int Dependent)> edges) : World<TableState>
{
    public override TableState Start => new(
        rows, [.. rows.Select(_ => -1)], [.. programs.Select(_ => new TableTransaction(0, []))]);

    public override IEnumerable<WorldStep<TableState>> StepsFrom(TableState state)
    {
        for (var i = 0; i < programs.Count; i++)
        {
            var transaction = state.Transactions[i];
            if (transaction.Next >= programs[i].Count) continue;
            var step = programs[i][transaction.Next];
            var next = state with { Transactions = state.Transactions.With(i, transaction with { Next = transaction.Next + 1 }) };
            if (step is TableStep.Lock wanted)
            {
                var isThere = transaction.Seen.Count == 0 || transaction.Seen[wanted.Row].IsThere;
                if (isThere && state.Locks[wanted.Row] >= 0 && state.Locks[wanted.Row] != i) continue;
                yield return new WorldStep<TableState>($"{i} locks {wanted.Row}", isThere ? next with { Locks = state.Locks.With(wanted.Row, i) } : next);
            }
            else if (step is TableStep.Commit commit)
            {
                ValueList<int> locks = [.. state.Locks.Select(owner => owner == i ? -1 : owner)];
                yield return new WorldStep<TableState>($"{i} commits", next with { Rows = commit.Write(transaction.Seen, state.Rows), Locks = locks });
            }
            else
            {
                yield return new WorldStep<TableState>($"{i} reads", next with { Transactions = next.Transactions.With(i, new TableTransaction(transaction.Next + 1, state.Rows)) });
            }
        }

        // Workers take what is ready and finish it; each is one statement about one row.
        foreach (var dependent in edges.Select(edge => edge.Dependent).Distinct())
        {
            var row = state.Rows[dependent];
            if (!row.IsThere || state.Locks[dependent] >= 0) continue;
            if (row is { Status: JobStatus.Unstarted, Waiting: 0 }) yield return new WorldStep<TableState>($"{dependent} starts", With(state, dependent, row with { Status = JobStatus.Started }));
            if (row.Status == JobStatus.Started) yield return new WorldStep<TableState>($"{dependent} finishes", With(state, dependent, row with { Status = JobStatus.Finished }));
        }
    }

    public override string? FindBreach(TableState state)
    {
        for (var number = 0; number < state.Rows.Count; number++)
        {
            var row = state.Rows[number];
            var before = edges.Where(edge => edge.Dependent == number).Select(edge => state.Rows[edge.Dependency]).ToList();
            if (!row.IsThere || before.Count == 0) continue;
            if (row.Status is JobStatus.Started or JobStatus.Finished && before.Any(dependency => dependency.Status != JobStatus.Finished)) return $"{number} ran too early";
            if (row.Waiting != before.Count(dependency => dependency.Status != JobStatus.Finished)) return $"{number} does not count what it waits for";
            if (row.Closed != before.Count(dependency => dependency.Status is JobStatus.Failed or JobStatus.Aborted)) return $"{number} does not count what is closed";
            if (row.Closed > 0 && !row.IsEnded) return $"{number} is open behind what is closed";
        }

        return null;
    }

    public override bool IsDone(TableState state) =>
        state.Rows.All(row => row.IsEnded) && programs.Select((program, i) => state.Transactions[i].Next == program.Count).All(isOver => isOver);

    private static TableState With(TableState state, int number, TableRow row) => state with { Rows = state.Rows.With(number, row) };
}
