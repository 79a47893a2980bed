using System.Globalization;
using Overseer;

namespace QuickStart;

/// <summary>What the program was asked to do.</summary>
public sealed record CommandLine
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        Reads four years of Seattle's weather, cleans and analyses them and writes a report: a durable graph of five jobs.

        Usage: dotnet run --project samples/QuickStart -- [options]

          --graph          print the graph and do nothing else
          --crash          kill the process in the middle of the run; start it again to see it go on
          --key <key>      the run key; the same key is the same run (default: seattle)
          --retry          try the failed jobs of that run again
          --reset          forget all earlier runs first
          --data <file>    another CSV file with the same columns (default: Seattle, 2012 to 2015)
          --folder <path>  where the files go (default: quickstart-output)
          --pace <ms>      hold each job back, so that there is something to watch (default: 700)
          --help           print this
        """;

    private const string DefaultKey = "seattle";

    /// <summary>Print <see cref="Usage"/>.</summary>
    public bool Help { get; init; }

    /// <summary>Print the graph.</summary>
    public bool Graph { get; init; }

    /// <summary>Kill the process in the middle of the run.</summary>
    public bool Crash { get; init; }

    /// <summary>Try failed jobs again.</summary>
    public bool Retry { get; init; }

    /// <summary>Forget all earlier runs.</summary>
    public bool Reset { get; init; }

    /// <summary>The run key.</summary>
    public string Key { get; init; } = DefaultKey;

    /// <summary>The user's own data; null for Seattle's.</summary>
    public string? Data { get; init; }

    /// <summary>Where the files go.</summary>
    public string Folder { get; init; } = Path.GetFullPath("quickstart-output");

    /// <summary>How long each job is held back.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>The SQLite file.</summary>
    public string Database => Path.Combine(Folder, "quickstart.db");

    /// <summary>Where this run's report goes: one run does not overwrite another's.</summary>
    public string ReportFolder => Key == DefaultKey ? Folder : Path.Combine(Folder, "run-" + Uri.EscapeDataString(Key));

    /// <summary>What the run works on.</summary>
    public WeatherArgs Args => Data is null
        ? new WeatherArgs("Seattle", "NOAA National Climatic Data Center, by way of the npm package vega-datasets", "seattle-weather.csv", ReportFolder)
        : new WeatherArgs(Path.GetFileNameWithoutExtension(Data), Path.GetFileName(Data), Data, ReportFolder);

    /// <summary>Makes the folders.</summary>
    /// <exception cref="UsageException">They cannot be made.</exception>
    public void MakeFolders()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            Directory.CreateDirectory(ReportFolder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--folder '{Folder}' cannot be used: {error.Message} Name a folder that can be made or written to.");
        }
    }

    /// <summary>Deletes the SQLite file and what SQLite keeps beside it.</summary>
    /// <exception cref="StoreUnusableException">The file is somebody else's.</exception>
    public async Task DeleteDatabaseAsync()
    {
        if (!File.Exists(Database)) return;
        await using (var store = new SqliteJobStore(Database)) await store.InstallAsync();
        foreach (var ending in new[] { "", "-wal", "-shm" }) File.Delete(Database + ending);
    }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They cannot be read.</exception>
    public static CommandLine Parse(IEnumerable<string> arguments)
    {
        var line = new CommandLine();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var option))
        {
            line = option switch
            {
                "--help" or "-h" => line with { Help = true },
                "--graph" => line with { Graph = true },
                "--crash" => line with { Crash = true },
                "--retry" => line with { Retry = true },
                "--reset" => line with { Reset = true },
                "--key" => line with { Key = Value(option) },
                "--data" => line with { Data = Path.GetFullPath(Value(option)) },
                "--folder" => line with { Folder = Path.GetFullPath(Value(option)) },
                "--pace" => line with { Pace = Milliseconds(option) },
                _ => throw new UsageException($"There is no option '{option}'."),
            };
        }

        return line;

        string Value(string option) =>
            rest.TryDequeue(out var value) && value.Length > 0 ? value : throw new UsageException($"{option} needs a value.");

        TimeSpan Milliseconds(string option)
        {
            var value = Value(option);
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= 60_000
                ? TimeSpan.FromMilliseconds(time)
                : throw new UsageException($"{option} takes milliseconds from 0 to 60000, not '{value}'.");
        }
    }
}
