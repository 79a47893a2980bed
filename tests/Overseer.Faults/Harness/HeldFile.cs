using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Overseer.Faults;

/// <summary>A program that has a SQLite file open and knows nothing of the store, with a transaction of its own: of writing, or of reading.</summary>
internal sealed class HeldFile : IDisposable, IAsyncDisposable
{
    private readonly SqliteConnection? connection;

    private HeldFile(SqliteConnection? connection) => this.connection = connection;

    /// <summary>Has it open, with no transaction.</summary>
    public static HeldFile Open(string database)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 }.ConnectionString);
        connection.Open();
        return new HeldFile(connection);
    }

    /// <summary>Takes the write lock, waiting for whoever has it; on a server this is nothing.</summary>
    public static async Task<HeldFile> TakeAsync(string database)
    {
        var file = Db.IsFile(database) ? Open(database) : new HeldFile(null);
        if (file.connection is not null) await file.ExecuteAsync("BEGIN IMMEDIATE");
        return file;
    }

    /// <summary>Keeps what the file holds now in sight.</summary>
    public static HeldFile Read(string database)
    {
        var file = Open(database);
        if (file.Refusal("BEGIN; SELECT count(*) FROM job") is var refusal and not 0) throw new FaultException($"The file could not be read: error {refusal}.");
        return file;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = connection!.CreateCommand();
#pragma warning disable CA2100 // Statements of scenarios, none of which comes from outside.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>SQLite's extended code for why a statement is refused; 0 if it is not. Waits for nobody.</summary>
    public int Refusal(string sql) => raw.sqlite3_exec(connection!.Handle, sql) == raw.SQLITE_OK ? 0 : raw.sqlite3_extended_errcode(connection.Handle);

    public void Dispose() => connection?.Dispose();

    /// <summary>Lets go of what it has not committed.</summary>
    public ValueTask DisposeAsync() => connection?.DisposeAsync() ?? ValueTask.CompletedTask;
}
