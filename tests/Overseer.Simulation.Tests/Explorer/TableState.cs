using Overseer.Model;

namespace Overseer.Simulation.Tests;

/// <summary>Rows as they are committed, who has locked which, and how far each transaction is.</summary>
internal sealed record TableState(ValueList<TableRow> Rows, ValueList<int> Locks, ValueList<TableTransaction> Transactions);

/// <summary>A job's row.</summary>
internal readonly record struct TableRow(JobStatus Status, int Waiting = 0, int Closed = 0, bool IsThere = true)
{
    public bool IsEnded => Status is JobStatus.Finished or JobStatus.Failed or JobStatus.Aborted;
}

/// <summary>How far a transaction is, and what its last read saw.</summary>
internal readonly record struct TableTransaction(int Next, ValueList<TableRow> Seen);
