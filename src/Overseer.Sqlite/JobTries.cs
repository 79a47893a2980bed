using Microsoft.Data.Sqlite;

namespace Overseer.Sqlite;

/// <summary>A job that is about to end or to be put back, with its counts.</summary>
internal sealed record JobTries(RunId Run, int No, int Attempt, int MaxAttempts, int Losses, int Snoozes, int Faults)
{
    /// <summary>Reads the five counts from a column on.</summary>
    public static JobTries Read(SqliteDataReader row, RunId run, int no, int column) => new(
        run, no, row.GetInt32(column), row.GetInt32(column + 1), row.GetInt32(column + 2), row.GetInt32(column + 3), row.GetInt32(column + 4));
}
