using Npgsql;

namespace Overseer.Postgres;

/// <summary>Where a ready job stands: jobs are claimed in the order of these.</summary>
internal sealed record DueJob(DateTime Due, long Run, int No)
{
    public static DueJob? ReadOrNull(NpgsqlDataReader rows) => rows.Read() ? new DueJob(rows.GetDateTime(0), rows.GetInt64(1), rows.GetInt32(2)) : null;
}
