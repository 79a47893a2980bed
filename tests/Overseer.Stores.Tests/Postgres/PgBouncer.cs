using System.Diagnostics;
using Npgsql;

namespace Overseer.Stores.Tests;

/// <summary>A PgBouncer in transaction mode before a test's server, of few connections.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    public const int Connections = 4;

    private const int Port = 6543;

    private readonly Process process;

    private readonly string folder;

    private readonly string database;

    private PgBouncer(Process process, string folder, string database)
    {
        this.process = process;
        this.folder = folder;
        this.database = database;
    }

    /// <summary>The database of the server, through this.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(database) { Host = folder, Port = Port }.ConnectionString;

    /// <summary>Its program: the one that <c>OVERSEER_TEST_PGBOUNCER</c> names, or the system's. Null if there is none.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("OVERSEER_TEST_PGBOUNCER") is { Length: > 0 } given
        ? given
        : Array.Find(["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"], File.Exists);

    public static async Task<PgBouncer> StartAsync(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        // Short: a socket's path may have 107 bytes.
        var folder = Directory.CreateTempSubdirectory("ovb").FullName;
        await File.WriteAllTextAsync($"{folder}/users", $"\"{server.Username}\" \"{server.Password}\"\n");
        await File.WriteAllTextAsync($"{folder}/ini", $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            pool_mode = transaction
            default_pool_size = {Connections}
            listen_addr =
            listen_port = {Port}
            unix_socket_dir = {folder}
            auth_type = trust
            auth_file = {folder}/users
            ignore_startup_parameters = extra_float_digits
            logfile = {folder}/log

            """);
        var start = new ProcessStartInfo { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        if (Environment.UserName == "root")
        {
            // It refuses to run as root, as PostgreSQL does.
            using var owned = Process.Start("chown", ["-R", "postgres", folder]);
            await owned.WaitForExitAsync();
            start.FileName = "setpriv";
            foreach (var argument in new[] { "--reuid=postgres", "--regid=postgres", "--init-groups", "--", Program! }) start.ArgumentList.Add(argument);
        }
        else
        {
            start.FileName = Program!;
        }

        start.ArgumentList.Add($"{folder}/ini");
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!File.Exists($"{folder}/.s.PGSQL.{Port}"))
        {
            if (process.HasExited) throw new InvalidOperationException($"{Program} ended with {process.ExitCode}:\n{await File.ReadAllTextAsync($"{folder}/log")}");
            await Task.Delay(20);
        }

        return new PgBouncer(process, folder, connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        using (var connection = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(connection);
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
