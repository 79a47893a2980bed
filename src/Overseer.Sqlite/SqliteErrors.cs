using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Overseer.Sqlite;

/// <summary>What SQLite's errors mean to a store: the one place where they are sorted.</summary>
internal static class SqliteErrors
{
    /// <summary>
    /// Whether trying the same again makes sense. Only errors that the written data itself is to blame for do not pass: what a
    /// worker has to record must outlive a full disk, a file that was moved away, or one that is read-only for a while.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        SqliteException error => error.SqliteErrorCode is not (
            raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE or raw.SQLITE_MISUSE),
        StoreUnusableException => true,
        _ => false,
    };

    /// <summary>What is wrong with a file, with the remedy; null if the error is not the file's.</summary>
    public static string? Explain(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => "it is no SQLite database (or an encrypted or damaged one). Give the path of an Overseer file, or of a file that does not exist yet, or restore it from a backup.",
        raw.SQLITE_CORRUPT => "the database is damaged. Restore it from a backup, or move it away to start with a new one.",
        raw.SQLITE_READONLY => "it can only be read. Make the file and its folder writable for this process.",
        raw.SQLITE_CANTOPEN => "it cannot be opened. Check that the path is a file in a folder that exists, and that this process may read and write both.",
        raw.SQLITE_PERM or raw.SQLITE_AUTH => "access to it is denied. Give this process the right to read and write the file and its folder.",
        raw.SQLITE_IOERR => "the disk refuses to read or write it. Check the disk and the file; network drives are not supported.",
        raw.SQLITE_FULL => "the disk is full. Free some space, or move the file.",
        _ => null,
    };

    /// <summary>The same error, saying which file it is about and what to do; null where only SQLite's own words say more.</summary>
    public static SqliteException? Name(string path, SqliteException error) => Explain(error) is { } problem
        ? new SqliteException($"Store '{path}' cannot be used: {problem} ({error.Message})", error.SqliteErrorCode, error.SqliteExtendedErrorCode)
        : null;

    /// <summary>The error of a file that another process did not let go of.</summary>
    public static SqliteException Busy(string path, TimeSpan waited, SqliteException error) => new(
        $"Store '{path}' is busy: another process has kept it locked for {waited} (BusyTimeout). "
        + "End what holds it, such as a tool with an open transaction or a copy that is being made, or set a longer BusyTimeout.",
        error.SqliteErrorCode,
        error.SqliteExtendedErrorCode);
}
