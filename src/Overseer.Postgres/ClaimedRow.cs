using Npgsql;

namespace Overseer.Postgres;

/// <summary>A job as a claim or a hand-over returns it.</summary>
internal sealed record ClaimedRow(
    long Run, int No, DateTime RunAt, long Lease, int Type, int Attempt, int Losses, int Dependents, int Graph, string? Key, string? Args, string? Id,
    int[]? InputTypes, string?[]? InputResults)
{
    /// <summary>Reads the columns from the run's number on.</summary>
    public static ClaimedRow Read(NpgsqlDataReader row) => new(
        row.GetInt64(1), row.GetInt32(2), row.GetDateTime(3), row.GetInt64(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetInt32(9),
        row.TextOrNull(10), row.TextOrNull(11), row.TextOrNull(12), row.IsDBNull(13) ? null : row.GetFieldValue<int[]>(13),
        row.IsDBNull(14) ? null : row.GetFieldValue<string?[]>(14));

    public static int Compare(ClaimedRow x, ClaimedRow y) => (x.RunAt, x.Run, x.No).CompareTo((y.RunAt, y.Run, y.No));
}
