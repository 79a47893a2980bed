using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Overseer.Stores.Tests;

/// <summary>A throw-away PostgreSQL server, or the one that <c>OVERSEER_TEST_POSTGRES</c> names. Missing, it is a failure that says what to install.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly string? folder;

    private readonly string? binaries;

    private PostgresServer(string connectionString, string? folder = null, string? binaries = null)
    {
        ConnectionString = connectionString;
        this.folder = folder;
        this.binaries = binaries;
    }

    public string ConnectionString { get; }

    public static async Task<PostgresServer> StartAsync(string? binaries = null)
    {
        if (binaries is null && Environment.GetEnvironmentVariable("OVERSEER_TEST_POSTGRES") is { Length: > 0 } given) return new PostgresServer(given);
        binaries ??= FindBinaries() ?? throw new InvalidOperationException(
            "No PostgreSQL server was found for the tests. Install one (Debian: apt-get install postgresql), set PGBIN to the folder of its binaries, "
            + "or set OVERSEER_TEST_POSTGRES to a connection string of a role that may create databases.");
        // Short: a socket's path may have 107 bytes.
        var folder = Directory.CreateTempSubdirectory("ovs").FullName;
        var server = new PostgresServer($"Host={folder};Username=postgres;Database=postgres", folder, binaries);
        if (Environment.UserName == "root") await RunAsync("chown", ["postgres", folder]);
        await server.AsServerAsync("initdb", "-D", $"{folder}/d", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
        await server.AsServerAsync(
            "pg_ctl", "-D", $"{folder}/d", "-w", "-t", "60", "-l", $"{folder}/log", "-o",
            $"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c max_locks_per_transaction=256",
            "start");
        return server;
    }

    /// <summary>Whether the server is one of this test run's own.</summary>
    public bool CanRestart => folder is not null;

    /// <summary>Kills the server as a crash would, and starts it again.</summary>
    public Task CrashAsync() => AsServerAsync("pg_ctl", "-D", $"{folder}/d", "-m", "immediate", "-w", "-t", "60", "-l", $"{folder}/log", "restart");

    /// <summary>From now on a role must give its password.</summary>
    public async Task RequirePasswordAsync(string role)
    {
        var file = $"{folder}/d/pg_hba.conf";
        await File.WriteAllTextAsync(file, $"local all {role} scram-sha-256\n{await File.ReadAllTextAsync(file)}");
        await ExecuteAsync(ConnectionString, "SELECT pg_reload_conf()");
    }

    /// <summary>A new, empty database on this server.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "test_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(ConnectionString, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        using (var connection = new NpgsqlConnection(connectionString)) NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync(ConnectionString, $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query, each value as text and null as <c>null</c>.</summary>
    public static async Task<List<string[]>> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await row.ReadAsync())
            rows.Add([.. Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "null" : Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture)!)]);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is null) return;
        NpgsqlConnection.ClearAllPools();
        await AsServerAsync("pg_ctl", "-D", $"{folder}/d", "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private static string? FindBinaries()
    {
        if (Environment.GetEnvironmentVariable("PGBIN") is { Length: > 0 } given) return given;
        const string Debian = "/usr/lib/postgresql";
        return Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .OrderByDescending(bin => int.Parse(Path.GetFileName(Path.GetDirectoryName(bin)!), CultureInfo.InvariantCulture)).FirstOrDefault()
            : null;
    }

    // PostgreSQL refuses to run as root.
    private Task AsServerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(binaries!, program);
        return Environment.UserName == "root"
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    // Through a shell that lets go of the pipes: the server would keep them open.
    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var log = Path.GetTempFileName();
        var start = new ProcessStartInfo("sh") { WorkingDirectory = "/", UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("log=$1; shift; exec \"$@\" >\"$log\" 2>&1");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(log);
        start.ArgumentList.Add(program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var said = await File.ReadAllTextAsync(log);
        File.Delete(log);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
    }
}
