namespace Overseer.Postgres;

/// <summary>From which due time on a claim has to look.</summary>
/// <remarks>
/// Rows that were claimed stay in the index for as long as some old snapshot may see them, and a claim that begins at the front walks
/// over all of them. So it begins a little before where the last one stopped. What may have come in below (a transaction that took
/// long to commit, a job that was put back) is found by a claim from the front, every ten seconds, or at once if this process put it back.
/// Measured with 300,000 dead rows below: 40 ms from the front, 0.3 ms from the watermark.
/// </remarks>
internal sealed class Watermark
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();

    private DateTime since = DateTime.MinValue;

    private string types = "";

    private long lookedAt;

    private bool isReset = true;

    private int version;

    /// <summary>The lower bound for a claim of these types; from the front if it is time for that.</summary>
    public (DateTime Since, int Version) Next(string wanted, TimeProvider clock)
    {
        lock (gate)
        {
            if (wanted == types && !isReset && clock.GetElapsedTime(lookedAt) < LookAgain) return (since, version);
            types = wanted;
            isReset = false;
            lookedAt = clock.GetTimestamp();
            since = DateTime.MinValue;
            return (since, version);
        }
    }

    /// <summary>A claim came back: all that was due before this time, by the database's clock, was taken.</summary>
    public void Reached(DateTime time, int asOf)
    {
        lock (gate)
        {
            if (asOf == version && !isReset && time > DateTime.MinValue + Lag) since = time - Lag;
        }
    }

    /// <summary>Something was put back that may lie below.</summary>
    public void Reset()
    {
        lock (gate)
        {
            isReset = true;
            version++;
        }
    }
}
