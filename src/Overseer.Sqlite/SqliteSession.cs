using Microsoft.Data.Sqlite;
using Overseer.Sqlite.Sql;
using SQLitePCL;

namespace Overseer.Sqlite;

/// <summary>One connection with the statements it has prepared. Not thread-safe.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    // Statements are constants, so the same text is the same object, and looking it up need not read it.
    private readonly Dictionary<object, SqliteCommand> commands = new(ReferenceEqualityComparer.Instance);

    private readonly List<SqliteCommand> cursors = [];

    /// <summary>Takes a guard out of the statements, in tests that show that its lack would be seen. Null otherwise.</summary>
    internal static Func<string, string>? Altered { get; set; }

    /// <summary>Whether a transaction could not be undone, so that the connection must not be used again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether its file is no longer the one at its path.</summary>
    public bool HasMoved => FileIdentity.HasMoved(connection);

    /// <summary>Whether SQLite could open its file for reading only, which it does without a word.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(connection.Handle, "main") == 1;

    /// <summary>Runs a write, all or nothing. Throws as busy where another process writes.</summary>
    public T Transact<T>(Func<SqliteSession, T> work)
    {
        Begin();
        try
        {
            var answer = work(this);
            Execute(TransactionSql.Commit);
            return answer;
        }
        catch
        {
            Undo();
            throw;
        }
    }

    /// <summary>Folds the write-ahead log into the file and empties it, if that can be done now.</summary>
    /// <param name="wait">How many milliseconds those who read in it, or write, are waited for.</param>
    public void EmptyLog(int wait)
    {
        raw.sqlite3_busy_timeout(connection.Handle, wait);
        raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        raw.sqlite3_busy_timeout(connection.Handle, LockWait.InThreadMilliseconds);
    }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>The first value of the first row; null if there is no row or no value in it.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Bind(sql, values).ExecuteReader();

    /// <summary>A query that may be open beside others of the same text, told apart by their number from 0.</summary>
    public SqliteDataReader Cursor(int number, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        while (cursors.Count <= number) cursors.Add(Create(sql, values));
        return Bind(cursors[number], values).ExecuteReader();
    }

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
        foreach (var cursor in cursors) cursor.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!commands.TryGetValue(sql, out var command)) commands.Add(sql, command = Create(sql, values));
        return Bind(command, values);
    }

    private static SqliteCommand Bind(SqliteCommand command, ReadOnlySpan<(string Name, object? Value)> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }

    private SqliteCommand Create(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant; what varies is a parameter.
        command.CommandText = Of(sql);
#pragma warning restore CA2100
        foreach (var (name, _) in values) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static string Of(string sql) => Altered?.Invoke(sql) ?? sql;

    // Not by a command, which would go on trying on this thread for a second.
    private void Begin() => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, Of(TransactionSql.Begin)), connection.Handle);

    private void Undo()
    {
        try
        {
            Execute(TransactionSql.Rollback);
        }
        catch (SqliteException)
        {
            // Some errors (a full disk) undo the transaction themselves; either way a new connection is the sure way on.
            IsBroken = true;
        }
    }
}
