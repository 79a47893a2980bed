using System.Diagnostics;
using SQLitePCL;

namespace Overseer.Sqlite;

/// <summary>Keeps the write-ahead log of a file from growing without end. Not thread-safe.</summary>
/// <remarks>
/// SQLite folds the log into the file by itself, and begins it anew when a write finds it folded as a whole and nobody reading in
/// it. Where somebody always reads, that moment never comes, and each transaction makes the log longer. So a log that has become
/// large is emptied here: nobody writes meanwhile, and those who read are waited for.
/// </remarks>
internal sealed class WriteAheadLog(string path)
{
    /// <summary>SQLite begins to fold at 4 MB, and a busy file seldom has more than twice that.</summary>
    private const long Large = 16 << 20;

    // Everybody's writes wait that long at most, so what cannot be done is not tried again soon.
    private const int WaitMilliseconds = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly FileInfo log = new(path + "-wal");

    private long? failedAt;

    /// <summary>To be called after a transaction.</summary>
    public void KeepSmall(SqliteSession session)
    {
        if (failedAt is { } at && Stopwatch.GetElapsedTime(at) < Pause) return;
        log.Refresh();
        if (!log.Exists || log.Length < Large) return;
        // The transaction stands, whatever comes of this.
        failedAt = session.EmptyLog(WaitMilliseconds) == raw.SQLITE_OK ? null : Stopwatch.GetTimestamp();
    }
}
