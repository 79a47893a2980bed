using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Overseer.Faults;

/// <summary>A look past the store into its database, over a connection of its own.</summary>
/// <remarks>A database is a connection string of Postgres or the path of a SQLite file, whose tables are in the schemas <c>overseer</c> and <c>test_log</c> too.</remarks>
internal static class Db
{
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = await ConnectAsync(connectionString);
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<T>> QueryAsync<T>(string connectionString, string sql, Func<DbDataReader, T> read)
    {
        await using var connection = await ConnectAsync(connectionString);
        await using var command = Command(connection, sql);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await row.ReadAsync()) rows.Add(read(row));
        return rows;
    }

    public static async Task<long> CountAsync(string connectionString, string sql) =>
        (await QueryAsync(connectionString, sql, row => Convert.ToInt64(row.GetValue(0), null)))[0];

    public static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "test" }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public static bool IsFile(string database) => !database.Contains('=', StringComparison.Ordinal);

    /// <summary>A database's own code for an error, or the error's type.</summary>
    public static string CodeOf(Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState,
        SqliteException sqlite => $"SQLITE {sqlite.SqliteErrorCode}",
        _ => error.GetType().Name,
    };

    private static async Task<DbConnection> ConnectAsync(string database)
    {
        if (!IsFile(database)) return await OpenAsync(database);
        // Attached twice, so that one text says where a table is on both stores; and never made by a look at it.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = "file::memory:", Pooling = false, DefaultTimeout = 30 }.ConnectionString);
        await connection.OpenAsync();
        await using var attach = Command(connection, $"ATTACH 'file:{database}?mode=rw' AS overseer; ATTACH 'file:{database}?mode=rw' AS test_log");
        await attach.ExecuteNonQueryAsync();
        return connection;
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of scenarios, none of which comes from outside.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 120;
        return command;
    }
}
