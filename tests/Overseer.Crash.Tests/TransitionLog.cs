using Microsoft.Data.Sqlite;

namespace Overseer.Crash.Tests;

/// <summary>Every change of a job's status, written by a trigger inside the transaction that makes it.</summary>
internal sealed record Transition(long Run, int Number, string From, string To, long Lease)
{
    public static void Watch(string file)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = """
            create table transition (seq integer primary key, run integer, no integer, from_status integer, to_status integer, lease integer);
            create trigger watch_status after update on job when old.status <> new.status or old.lease <> new.lease
            begin
                insert into transition (run, no, from_status, to_status, lease) values (new.run, new.no, old.status, new.status, new.lease);
            end;
            """;
        command.ExecuteNonQuery();
    }

    public static IReadOnlyList<Transition> ReadAll(string file) => Read(
        file,
        "select run, no, from_status, to_status, lease from transition order by seq",
        row => new Transition(row.GetInt64(0), row.GetInt32(1), Word(row.GetInt32(2)), Word(row.GetInt32(3)), row.GetInt64(4)));

    public static IReadOnlyList<(int Dependency, int Dependent)> ReadDependencies(string file, long run) => Read(
        file,
        $"select dep, no from edge where run = {run}",
        row => (row.GetInt32(0), row.GetInt32(1)));

    public static T Scalar<T>(string file, string sql) => Read(file, sql, row => (T)Convert.ChangeType(row.GetValue(0), typeof(T), null))[0];

    private static List<T> Read<T>(string file, string sql, Func<SqliteDataReader, T> map)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    private static string Word(int status) => ((JobStatus)status).ToWord();

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }
}
