using Overseer.Model;

namespace Overseer.Simulation.Tests;

/// <summary>One statement of a transaction.</summary>
internal abstract record TableStep
{
    /// <summary>Locks a row that was there at the last read, if there was one; waits while another has it.</summary>
    public sealed record Lock(int Row) : TableStep;

    /// <summary>Takes a snapshot of what is committed.</summary>
    public sealed record Read : TableStep;

    /// <summary>Writes, from what was seen and what the locked rows hold now, and commits, which lets go of all locks.</summary>
    public sealed record Commit(Func<ValueList<TableRow>, ValueList<TableRow>, ValueList<TableRow>> Write) : TableStep;
}
