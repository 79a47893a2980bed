using Microsoft.Data.Sqlite;
using Overseer.Sqlite.Sql;
using Overseer.Stores;

namespace Overseer.Sqlite;

/// <summary>The ready jobs of several types, longest due first: one cursor per type, merged, so that each type is read no further than needed.</summary>
internal sealed class ReadyCursors : IDisposable
{
    private readonly PriorityQueue<SqliteDataReader, DueJob> heads = new();

    private readonly List<SqliteDataReader> open = [];

    public ReadyCursors(SqliteSession session, IReadOnlyList<ReserveType> types, long now)
    {
        try
        {
            foreach (var type in types)
            {
                var cursor = session.Cursor(open.Count, ReserveSql.Ready, ("@type", type.Name), ("@now", now));
                open.Add(cursor);
                Advance(cursor);
            }
        }
        // An open cursor would keep its transaction from ending.
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The next job, or null if there is none.</summary>
    public DueJob? Next()
    {
        if (!heads.TryDequeue(out var cursor, out var job)) return null;
        Advance(cursor);
        return job;
    }

    public void Dispose()
    {
        foreach (var cursor in open) cursor.Dispose();
    }

    private void Advance(SqliteDataReader cursor)
    {
        if (cursor.Read()) heads.Enqueue(cursor, DueJob.Read(cursor));
    }
}

/// <summary>A job that can be reserved; they come in the order of their times.</summary>
internal sealed record DueJob(long RunAt, long Run, int No) : IComparable<DueJob>
{
    public static DueJob Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2));

    public int CompareTo(DueJob? other) => (RunAt, Run, No).CompareTo((other!.RunAt, other.Run, other.No));
}
