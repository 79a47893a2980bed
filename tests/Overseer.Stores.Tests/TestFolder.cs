using Microsoft.Data.Sqlite;

namespace Overseer.Stores.Tests;

/// <summary>A folder of its own for one test, gone after it.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("overseer-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A connection of the test's own, beside those of the store.</summary>
    public static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ConnectionString);
        connection.Open();
        return connection;
    }

    public static void Execute(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each value as text and null as <c>null</c>.</summary>
    public static List<string[]> Query(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var rows = new List<string[]>();
        while (row.Read())
        {
            var values = new string[row.FieldCount];
            for (var i = 0; i < values.Length; i++) values[i] = row.IsDBNull(i) ? "null" : row.GetString(i);
            rows.Add(values);
        }

        return rows;
    }

    public void Dispose()
    {
        foreach (var info in new DirectoryInfo(Path).EnumerateFileSystemInfos()) info.Attributes &= ~FileAttributes.ReadOnly;
        Directory.Delete(Path, recursive: true);
    }
}
