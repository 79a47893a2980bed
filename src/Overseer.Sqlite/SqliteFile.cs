using Microsoft.Data.Sqlite;
using Overseer.Sqlite.Sql;
using SQLitePCL;

namespace Overseer.Sqlite;

/// <summary>The file of a store: opens it, and refuses it where it cannot be used, saying what to do.</summary>
internal sealed class SqliteFile
{
    private const long ApplicationId = 0x4F565352;

    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly SqliteConnectionStringBuilder connectionString;

    private readonly SqliteStoreOptions options;

    public SqliteFile(SqliteConnectionStringBuilder given, SqliteStoreOptions options)
    {
        options.Validate();
        var path = given.DataSource;
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The store has no path. Give the path of a file, such as 'overseer.db'.");
        if (given.Mode == SqliteOpenMode.Memory || path == ":memory:" || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"'{path}' is not the path of a file. Give one, such as 'overseer.db', or use the store in memory (UseInMemory).");
        }

        Path = System.IO.Path.GetFullPath(path);
        this.options = options;
        connectionString = new SqliteConnectionStringBuilder(given.ConnectionString)
        {
            DataSource = Path,
            // The store keeps its connections itself, so that closing it lets go of the file.
            Pooling = false,
            // The least there is: whoever waits for longer must be able to be called off, see LockWait.
            DefaultTimeout = 1,
        };
    }

    public string Path { get; }

    public TimeSpan BusyTimeout => options.BusyTimeout;

    /// <summary>Opens the file for use; it must have been installed. Throws as busy where the file is locked.</summary>
    public SqliteSession Open(bool forWriting = false) => Open(session =>
    {
        CheckOwner(session, mayBeEmpty: false);
        CheckWritable(session);
        CheckSchema(session);
        // A backup that was put in its place while it was in use has none.
        if (forWriting) KeepWriteAheadLog(session);
    });

    /// <summary>Opens the file, making it if it is not there, and brings its schema up to date. Throws as busy where the file is locked.</summary>
    public void Install()
    {
        CheckPlace();
        using var session = Open(
            session =>
            {
                var isEmpty = CheckOwner(session, mayBeEmpty: true);
                CheckWritable(session);
                KeepWriteAheadLog(session);
                // What is up to date can be used while another process writes.
                if (isEmpty || CheckSchema(session) < Migration.All.Count) session.Transact(InstallAll);
            },
            SqliteOpenMode.ReadWriteCreate);
    }

    /// <summary>The refusal of a file that was there and is no longer.</summary>
    public StoreUnusableException Moved() =>
        Refuse("the file was deleted, moved or replaced while it was in use. Put it back, or restart what uses it to begin with the file that is there now.");

    private SqliteSession Open(Action<SqliteSession> check, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        // A read-only mode that the user set is kept, and refused once the file is open.
        var builder = new SqliteConnectionStringBuilder(connectionString.ConnectionString);
        if (builder.Mode != SqliteOpenMode.ReadOnly) builder.Mode = mode;
        var connection = new SqliteConnection(builder.ConnectionString);
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, LockWait.InThreadMilliseconds);
            check(session);
            session.Execute(options.SurvivePowerLoss ? InstallSql.SurvivePowerLoss : InstallSql.SurviveProcessDeath);
            session.Execute(InstallSql.CachePages);
            session.Execute(InstallSql.ShrinkWriteAheadLog);
            session.Execute(InstallSql.KeepTemporaryTablesInMemory);
            session.Execute(InstallSql.CreateClosing);
            return session;
        }
        catch (SqliteException error) when (!File.Exists(Path) && !Directory.Exists(Path))
        {
            session.Dispose();
            throw Refuse("there is no such file. Call InstallAsync first, as the start of a worker does, or correct the path.", error);
        }
        catch (SqliteException error) when (SqliteErrors.Explain(error) is { } problem)
        {
            session.Dispose();
            throw Refuse(problem, error);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    // Asked of the file system and not of SQLite: these say more than 'unable to open', and hold for an administrator too.
    private void CheckPlace()
    {
        if (Directory.Exists(Path)) throw Refuse("it is a folder. Give the path of a file in it, such as 'overseer.db'.");
        var folder = System.IO.Path.GetDirectoryName(Path);
        if (folder is null || !Directory.Exists(folder)) throw Refuse($"its folder does not exist. Create '{folder}', or correct the path.");
        if (File.Exists(Path) && IsReadOnly(Path))
            throw Refuse("the file is read-only. Make it writable, or give another path.");
        if (!OperatingSystem.IsWindows() && IsReadOnly(folder))
            throw Refuse($"its folder '{folder}' is read-only, and SQLite keeps files beside the database. Make it writable, or give another path.");
    }

    // An administrator may write what is another user's, though .NET calls it read-only.
    private static bool IsReadOnly(string path) => File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly)
        && (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess || (File.GetUnixFileMode(path) & AnyWrite) == 0);

    /// <summary>Refuses what is not Overseer's.</summary>
    /// <returns>Whether nothing is installed in it yet.</returns>
    private bool CheckOwner(SqliteSession session, bool mayBeEmpty)
    {
        using var found = session.Query(InstallSql.Owner);
        found.Read();
        var (owner, tables) = (found.GetInt64(0), found.GetInt64(1));
        if (owner == ApplicationId) return false;
        if (owner != 0 || tables > 0)
            throw Refuse("it is the database of another application. Give the path of an Overseer file, or of a file that does not exist yet.");
        return mayBeEmpty ? true : throw Refuse("nothing is installed in it. Call InstallAsync first, as the start of a worker does.");
    }

    private void CheckWritable(SqliteSession session)
    {
        if (session.IsReadOnly) throw Refuse("it can only be read. Make the file and its folder writable for this process, and leave out Mode=ReadOnly.");
    }

    private int CheckSchema(SqliteSession session)
    {
        using var schema = session.Query(InstallSql.CurrentSchema);
        if (!schema.Read()) throw Refuse("it holds no schema version. Restore it from a backup, or move it away to start with a new one.");
        var (version, oldestWorker) = (schema.GetInt32(0), schema.GetInt32(1));
        if (oldestWorker <= Migration.All.Count) return version;
        throw Refuse(
            $"its schema has version {version}, which asks for at least {oldestWorker}, and this program knows {Migration.All.Count}. "
            + "Update the Overseer packages of this program, or give another file.");
    }

    private bool InstallAll(SqliteSession session)
    {
        var version = CheckOwner(session, mayBeEmpty: true) ? 0 : CheckSchema(session);
        foreach (var migration in Migration.All.Where(migration => migration.Version > version)) session.Execute(migration.Sql);
        return true;
    }

    private void KeepWriteAheadLog(SqliteSession session)
    {
        var mode = (string)session.Scalar(InstallSql.KeepWriteAheadLog)!;
        if (mode != "wal") throw Refuse($"it cannot have a write-ahead log (its journal mode stays '{mode}'). Put the file on a local disk.");
    }

    private StoreUnusableException Refuse(string problem, Exception? inner = null) => new(Path, problem, inner);
}
