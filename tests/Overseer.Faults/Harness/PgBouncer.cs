using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Overseer.Faults;

/// <summary>A PgBouncer in transaction mode before the server, which can be killed and started again.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    public const int Connections = 4;

    private const int Port = 6543;

    private readonly string folder;

    private readonly string database;

    private Process? process;

    private PgBouncer(string folder, string database)
    {
        this.folder = folder;
        this.database = database;
    }

    /// <summary>The database, through it.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(database) { Host = folder, Port = Port }.ConnectionString;

    private string Socket => $"{folder}/.s.PGSQL.{Port}";

    public static async Task<PgBouncer> StartAsync(string database)
    {
        var server = new NpgsqlConnectionStringBuilder(database);
        var pooler = new PgBouncer(Directory.CreateTempSubdirectory("ovf").FullName, database);
        await File.WriteAllTextAsync($"{pooler.folder}/users", $"\"{server.Username}\" \"\"\n");
        await File.WriteAllTextAsync($"{pooler.folder}/ini", string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            pool_mode = transaction
            default_pool_size = {Connections}
            max_client_conn = 500
            listen_addr =
            listen_port = {Port}
            unix_socket_dir = {pooler.folder}
            auth_type = trust
            auth_file = {pooler.folder}/users
            ignore_startup_parameters = extra_float_digits
            logfile = {pooler.folder}/log

            """));
        if (Shell.IsRoot) await Shell.RunAsync("chown", "-R", "postgres", pooler.folder);
        await pooler.StartAsync();
        return pooler;
    }

    public async Task StartAsync()
    {
        // A shell lets go of the pipes. It refuses to run as root, as PostgreSQL does.
        string[] user = Shell.IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];
        var start = new ProcessStartInfo("sh") { WorkingDirectory = "/", ArgumentList = { "-c", "exec \"$@\" >/dev/null 2>&1", "sh" } };
        foreach (var argument in (string[])[.. user, Tools.PgBouncer, $"{folder}/ini"]) start.ArgumentList.Add(argument);
        process = Process.Start(start)!;
        await Arena.UntilAsync("PgBouncer starts", () => process.HasExited
            ? throw new FaultException($"PgBouncer ended with {process.ExitCode}:\n{(File.Exists($"{folder}/log") ? File.ReadAllText($"{folder}/log") : "")}")
            : Task.FromResult(File.Exists(Socket)));
    }

    public async Task KillAsync()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
        File.Delete(Socket);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(folder, recursive: true);
    }
}
