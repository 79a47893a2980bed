namespace Overseer;

/// <summary>How a SQLite store behaves.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>How long a write waits for another process that is writing, before it fails as busy. Default: 30 s. Range: 1 s to 1 hour.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether what is written survives a loss of power too (<c>synchronous = FULL</c>), at the price of a flush of the disk per
    /// transaction. Default: false, which survives the death of any process.
    /// </summary>
    public bool SurvivePowerLoss { get; set; }

    /// <summary>Whether a time is in the range of <see cref="BusyTimeout"/>.</summary>
    internal static bool IsBusyTimeout(TimeSpan time) => time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromHours(1);

    internal void Validate()
    {
        if (!IsBusyTimeout(BusyTimeout))
            throw new ArgumentException($"BusyTimeout is {BusyTimeout}. Set it to a time from 1 second to 1 hour.", nameof(BusyTimeout));
    }
}
