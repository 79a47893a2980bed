using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>A database of its own for each test, on the server of this run.</summary>
public abstract class PostgresTests(PostgresServers servers) : IAsyncLifetime
{
    protected string Database { get; private set; } = "";

    private protected PostgresServer Server { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Server = await servers.OldestAsync();
        Database = await Server.CreateDatabaseAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DropDatabaseAsync(Database);
        GC.SuppressFinalize(this);
    }

    protected string As(string role) => new NpgsqlConnectionStringBuilder(Database) { Username = role }.ConnectionString;

    protected Task ExecuteAsync(string sql) => PostgresServer.ExecuteAsync(Database, sql);

    protected Task<List<string[]>> QueryAsync(string sql) => PostgresServer.QueryAsync(Database, sql);

    protected async Task<string> ScalarAsync(string sql) => (await QueryAsync(sql))[0][0];

    protected async Task<PostgresJobStore> InstalledAsync(string? connectionString = null, PostgresStoreOptions? options = null)
    {
        var store = new PostgresJobStore(connectionString ?? Database, options ?? new PostgresStoreOptions { Listen = false });
        await store.InstallAsync();
        return store;
    }

    protected static async Task<WorkerId> StartWorkerAsync(IJobStore store)
    {
        var worker = WorkerId.New();
        await store.RegisterWorkerAsync(new WorkerRegistration(worker, "worker", TimeSpan.FromMinutes(1)));
        return worker;
    }

    protected static Task<IReadOnlyList<ReservedJob>> ReserveAsync(IJobStore store, WorkerId worker, int slots, params string[] types) =>
        store.ReserveAsync(new ReserveRequest(worker, [.. types.Select(type => new ReserveType(type, []))], slots));

    /// <summary>Runs a statement and keeps its transaction open until it is disposed of.</summary>
    protected async Task<IAsyncDisposable> HoldAsync(string sql, bool commits = false)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await new NpgsqlCommand(sql, connection, transaction).ExecuteNonQueryAsync();
        return new Gate(connection, transaction, commits);
    }

    /// <summary>Waits until as many sessions of this database wait for a lock.</summary>
    protected async Task UntilWaitingAsync(int sessions)
    {
        var started = Environment.TickCount64;
        while (await ScalarAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") != $"{sessions}")
        {
            if (Environment.TickCount64 - started > 30_000) throw new TimeoutException($"No {sessions} sessions came to wait for a lock.");
            await Task.Delay(10);
        }
    }

    /// <summary>A role that may do that much, made anew.</summary>
    protected async Task<string> CreateRoleAsync(string grants, string attributes = "LOGIN")
    {
        var role = "role_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync($"CREATE ROLE {role} {attributes}");
        if (grants.Length > 0) await ExecuteAsync(grants.Replace("ROLE", role, StringComparison.Ordinal));
        return role;
    }

    protected const string WorkerGrants = """
        GRANT USAGE ON SCHEMA overseer TO ROLE;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA overseer TO ROLE;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA overseer TO ROLE;
        """;

    private sealed class Gate(NpgsqlConnection connection, NpgsqlTransaction transaction, bool commits) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (connection.State == System.Data.ConnectionState.Closed) return;
            if (commits) await transaction.CommitAsync();
            else await transaction.RollbackAsync(); // or the server would hold the locks until it sees that nobody is there
            await connection.DisposeAsync();
        }
    }
}
