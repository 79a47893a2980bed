using System.Diagnostics;

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

    private const int WaitMilliseconds = 500;

    // Everybody's writes wait meanwhile, so no more than a twentieth of the time is spent on it.
    private const int Rest = 20;

    private readonly FileInfo log = new(path + "-wal");

    private long restBegan;

    private TimeSpan rest;

    /// <summary>To be called after a transaction, which stands whatever comes of this.</summary>
    public void KeepSmall(SqliteSession session)
    {
        if (Stopwatch.GetElapsedTime(restBegan) < rest) return;
        log.Refresh();
        if (!log.Exists || log.Length < Large) return;
        var began = Stopwatch.GetTimestamp();
        // Refused at once where another process is folding; then the next write tries again.
        session.EmptyLog(WaitMilliseconds);
        restBegan = Stopwatch.GetTimestamp();
        rest = Stopwatch.GetElapsedTime(began, restBegan) * Rest;
    }
}
