using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Overseer.Sqlite;

/// <summary>Tells whether an open database is still the file at its path.</summary>
/// <remarks>
/// Where an open file can be deleted or replaced, SQLite in write-ahead mode goes on writing to the one that nobody else sees
/// any more. The file must not be opened here to look: closing it would drop this process's locks on it.
/// </remarks>
internal static partial class FileIdentity
{
    private const int HasMovedOperation = 20;

    private static volatile bool IsKnown = true;

    /// <summary>Whether the file was deleted, moved or replaced; false where the system does not say. Costs one look at the folder.</summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        if (!IsKnown || connection.Handle is not { } handle) return false;
        var moved = 0;
        try
        {
            return FileControl(handle.DangerousGetHandle(), "main", HasMovedOperation, ref moved) == raw.SQLITE_OK && moved != 0;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // The application brings another build of SQLite under another name.
            IsKnown = false;
            return false;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(nint database, string name, int operation, ref int answer);
}
