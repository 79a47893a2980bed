using Npgsql;

namespace Overseer.Faults;

/// <summary>A look past the store into its database, over a connection of its own.</summary>
internal static class Db
{
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = await OpenAsync(connectionString);
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<T>> QueryAsync<T>(string connectionString, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = await OpenAsync(connectionString);
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

#pragma warning disable CA2100 // Statements of scenarios, none of which comes from outside.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = 120 };
#pragma warning restore CA2100
}
