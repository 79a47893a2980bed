using Microsoft.Data.Sqlite;

namespace Overseer.Sqlite;

/// <summary>Reads columns as what the store means by them.</summary>
internal static class SqliteColumns
{
    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static JobReason? ReasonOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : (JobReason)row.GetInt32(column);
}
