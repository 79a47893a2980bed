using Npgsql;

namespace Overseer.Postgres;

/// <summary>A job that is about to end or to be put back, with its counts.</summary>
internal sealed record JobTries(RunId Run, int No, int Attempt, int MaxAttempts, int Losses, int Snoozes, int Faults, int Dependents)
{
    /// <summary>Reads the counts from a column on.</summary>
    public static JobTries Read(NpgsqlDataReader row, RunId run, int no, int column) => new(
        run, no, row.GetInt16(column), row.GetInt16(column + 1), row.GetInt16(column + 2), row.GetInt32(column + 3), row.GetInt32(column + 4),
        row.GetInt32(column + 5));
}
