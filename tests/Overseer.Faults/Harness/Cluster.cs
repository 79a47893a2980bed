using System.Globalization;
using Npgsql;

namespace Overseer.Faults;

/// <summary>A private PostgreSQL server, which a scenario may crash, stop and start.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly SemaphoreSlim MakingTemplate = new(1, 1);

    private readonly string options;

    private Cluster(string folder, string options, IReadOnlyList<string> wrapper)
    {
        Folder = folder;
        this.options = options;
        Wrapper = wrapper;
    }

    /// <summary>Where its socket, its data and its log are.</summary>
    public string Folder { get; }

    public string Data => $"{Folder}/d";

    public string Socket => $"{Folder}/.s.PGSQL.5432";

    public string ConnectionString => $"Host={Folder};Username=postgres;Database=postgres;Pooling=true;Maximum Pool Size=20;Timeout=5";

    /// <summary>What the server is started through, such as a clock that is wrong.</summary>
    public IReadOnlyList<string> Wrapper { get; set; }

    public static string Binaries { get; } = FindBinaries();

    /// <summary>The main version of the server, such as 15.</summary>
    public static async Task<int> VersionAsync() =>
        int.Parse(new string([.. (await Shell.RunAsync($"{Binaries}/postgres", "--version")).Split(' ').Last().TakeWhile(char.IsDigit)]), CultureInfo.InvariantCulture);

    /// <summary>Whether it accepts connections.</summary>
    public async Task<bool> IsUpAsync()
    {
        try
        {
            return await Db.CountAsync(ConnectionString, "SELECT 1") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <param name="options">Settings beside the usual ones, as <c>-c name=value</c>.</param>
    /// <param name="place">The folder for it to be in; a new one if not given.</param>
    /// <param name="wrapper">What the server is started through.</param>
    public static async Task<Cluster> StartAsync(string options = "", string? place = null, IReadOnlyList<string>? wrapper = null)
    {
        // Short: a socket's path may have 107 bytes.
        var folder = place ?? Directory.CreateTempSubdirectory("ovf").FullName;
        if (Shell.IsRoot) await Shell.RunAsync("chown", "postgres", folder);
        await Shell.RunAsServerAsync("cp", "-r", await TemplateAsync(), $"{folder}/d");
        var cluster = new Cluster(folder, options, wrapper ?? []);
        await cluster.StartServerAsync();
        return cluster;
    }

    /// <summary>A standby that follows another server, and can be promoted.</summary>
    public static async Task<Cluster> FollowAsync(Cluster primary, string options = "")
    {
        var folder = Directory.CreateTempSubdirectory("ovf").FullName;
        if (Shell.IsRoot) await Shell.RunAsync("chown", "postgres", folder);
        await Shell.RunAsServerAsync($"{Binaries}/pg_basebackup", "-h", primary.Folder, "-U", "postgres", "-D", $"{folder}/d", "-R", "-X", "stream", "-c", "fast", "--no-sync");
        var cluster = new Cluster(folder, options, []);
        await cluster.StartServerAsync();
        return cluster;
    }

    public Task StartServerAsync() => PgCtlAsync(
        "-l", $"{Folder}/log", "-o",
        // Every commit is written to the system, which outlives the server, though not synced: what is tested is not the disk.
        $"-k {Folder} -c listen_addresses='' -c fsync=off -c max_connections=200 -c max_locks_per_transaction=256 -c autovacuum_naptime=5s {options}",
        "start");

    /// <summary>As a crash would: no checkpoint, no word to the clients.</summary>
    public Task StopHardAsync() => PgCtlAsync("-m", "immediate", "stop");

    public Task StopFastAsync() => PgCtlAsync("-m", "fast", "stop");

    public async Task CrashAsync()
    {
        await StopHardAsync();
        await StartServerAsync();
    }

    public Task PromoteAsync() => PgCtlAsync("promote");

    /// <summary>How many lines of its log say this.</summary>
    public int CountInLog(string text) => File.Exists($"{Folder}/log") ? File.ReadLines($"{Folder}/log").Count(line => line.Contains(text, StringComparison.Ordinal)) : 0;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        try
        {
            await StopHardAsync();
        }
        catch (InvalidOperationException)
        {
            // It was stopped by the scenario.
        }

        Directory.Delete(Folder, recursive: true);
    }

    private Task<string> PgCtlAsync(params string[] arguments) => Shell.RunAsServerAsync(
        Wrapper.Count > 0 ? Wrapper[0] : $"{Binaries}/pg_ctl",
        [.. Wrapper.Skip(1), .. Wrapper.Count > 0 ? [$"{Binaries}/pg_ctl"] : Array.Empty<string>(), "-D", Data, "-w", "-t", "60", .. arguments]);

    // Made once per process, and copied: that takes a tenth of the time.
    private static async Task<string> TemplateAsync()
    {
        await MakingTemplate.WaitAsync();
        try
        {
            var folder = Path.Combine(Path.GetTempPath(), $"ovf-template-{Environment.ProcessId}");
            if (Directory.Exists(folder)) return $"{folder}/d";
            Directory.CreateDirectory(folder);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            if (Shell.IsRoot) await Shell.RunAsync("chown", "postgres", folder);
            await Shell.RunAsServerAsync($"{Binaries}/initdb", "-D", $"{folder}/d", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
            return $"{folder}/d";
        }
        finally
        {
            MakingTemplate.Release();
        }
    }

    private static string FindBinaries()
    {
        if (Environment.GetEnvironmentVariable("PGBIN") is { Length: > 0 } given) return given;
        const string Debian = "/usr/lib/postgresql";
        var found = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .OrderByDescending(bin => int.Parse(Path.GetFileName(Path.GetDirectoryName(bin)!), CultureInfo.InvariantCulture)).FirstOrDefault()
            : null;
        return found ?? throw new InvalidOperationException("No PostgreSQL server was found. Install one (Debian: apt-get install postgresql), or set PGBIN to the folder of its binaries.");
    }
}
