using Npgsql;

namespace Overseer.Faults;

/// <summary>Holds transactions at a point inside of them: a trigger that waits there for an advisory lock, which the scenario has until it lets go.</summary>
internal sealed class Barrier : IAsyncDisposable
{
    private static int LastKey = 1000;

    private readonly string database;

    private readonly string table;

    private readonly NpgsqlConnection holder;

    private readonly int key;

    private Barrier(string database, string table, int key, NpgsqlConnection holder)
    {
        this.database = database;
        this.table = table;
        this.key = key;
        this.holder = holder;
        Name = $"test_barrier_{key}";
    }

    /// <summary>The name of its trigger.</summary>
    public string Name { get; }

    /// <param name="database">The test's database.</param>
    /// <param name="table">The table, with its schema, whose rows are waited at.</param>
    /// <param name="when">What is done to them: <c>BEFORE INSERT</c>, <c>AFTER UPDATE</c> and so on.</param>
    /// <param name="condition">Which rows: a condition on <c>old</c> and <c>new</c>.</param>
    public static async Task<Barrier> RaiseAsync(string database, string table, string when, string condition)
    {
        var key = Interlocked.Increment(ref LastKey);
        var holder = await Db.OpenAsync(database);
        var barrier = new Barrier(database, table, key, holder);
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", holder) { Parameters = { new() { Value = (long)key } } }) await command.ExecuteNonQueryAsync();
        await Db.ExecuteAsync(
            database,
            $"""
            CREATE SCHEMA IF NOT EXISTS test_barrier;
            CREATE FUNCTION test_barrier.wait_{key}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
              PERFORM pg_advisory_xact_lock_shared({key});
              RETURN coalesce(new, old);
            END $$;
            CREATE TRIGGER {barrier.Name} {when} ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION test_barrier.wait_{key}();
            """);
        return barrier;
    }

    /// <summary>Waits until so many transactions are held there.</summary>
    public async Task ReachedAsync(int transactions = 1)
    {
        var patience = HistoryEntry.Now + 60;
        while (await HeldAsync() < transactions)
        {
            if (HistoryEntry.Now > patience) throw new FaultException($"No {transactions} transactions came to the barrier at {table}.");
            await Task.Delay(5);
        }
    }

    public Task<long> HeldAsync() => Db.CountAsync(database, $"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = {key} AND NOT granted");

    /// <summary>Lets all of them go on, and those that come later.</summary>
    public async Task DropAsync()
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", holder) { Parameters = { new() { Value = (long)key } } };
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => holder.DisposeAsync();
}
