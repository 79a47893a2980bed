using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Overseer.Sqlite;

/// <summary>The wait for a file that another process has locked: short slices between tries, until the time is over or a token calls it off.</summary>
/// <remarks>SQLite's own wait holds the thread and looks at no token, so it is kept to a few milliseconds. How long a lock is held is a matter of the machine's time, whatever clock the store has.</remarks>
internal sealed class LockWait(SqliteFile file)
{
    /// <summary>How long SQLite itself waits, on the thread: enough for the short writes of other processes.</summary>
    public const int InThreadMilliseconds = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly long began = Stopwatch.GetTimestamp();

    private TimeSpan next = TimeSpan.FromMilliseconds(2);

    /// <summary>Whether the error says that the file was locked.</summary>
    public static bool IsFor(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_BUSY;

    /// <exception cref="SqliteException">The wait is over; the error names the file.</exception>
    public Task NextAsync(SqliteException error, CancellationToken cancellationToken) => Task.Delay(Next(error), cancellationToken);

    /// <summary>The same on the calling thread.</summary>
    /// <exception cref="SqliteException">The wait is over; the error names the file.</exception>
    public void Next(SqliteException error, CancellationToken cancellationToken)
    {
        cancellationToken.WaitHandle.WaitOne(Next(error));
        cancellationToken.ThrowIfCancellationRequested();
    }

    private TimeSpan Next(SqliteException error)
    {
        if (Stopwatch.GetElapsedTime(began) > file.BusyTimeout) throw SqliteErrors.Busy(file.Path, file.BusyTimeout, error);
        var slice = next;
        next = next * 2 < Longest ? next * 2 : Longest;
        return slice;
    }
}
