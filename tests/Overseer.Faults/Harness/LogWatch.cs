namespace Overseer.Faults;

/// <summary>Looks all the time at how large the write-ahead log of a SQLite file is.</summary>
internal sealed class LogWatch : IAsyncDisposable
{
    private readonly FileInfo log;

    private readonly CancellationTokenSource stop = new();

    private readonly Task watching;

    public LogWatch(string database)
    {
        log = new FileInfo(database + "-wal");
        watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Largest = Math.Max(Largest, Now);
                await Task.Delay(5);
            }
        });
    }

    /// <summary>Bytes, the most that were seen.</summary>
    public long Largest { get; private set; }

    /// <summary>Bytes; 0 if there is none.</summary>
    public long Now
    {
        get
        {
            log.Refresh();
            return log.Exists ? log.Length : 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }
}
