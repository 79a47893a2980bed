namespace Overseer.Postgres;

/// <summary>From where in the order of ready jobs a claim has to look.</summary>
/// <remarks>
/// Rows that were claimed stay in the index for as long as some old snapshot may see them, and a claim that begins at the front walks
/// over all of them. So while claims come back full, each begins at the place where the last one ended; otherwise a little before it.
/// What may have come in below (a transaction that took long to commit, a job that was put back) is found by one that begins a little
/// before, twice a second, and by one from the front, every ten seconds; at once if it is from this process, or before it is said that nothing is ready.
/// Measured with 300,000 dead rows below: 40 ms from the front, 0.3 ms from the watermark.
/// </remarks>
internal sealed class Watermark
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookBehind = TimeSpan.FromSeconds(0.5);
    private static readonly DueJob Front = Before(DateTime.MinValue);

    private readonly Lock gate = new();

    private DueJob since = Front;

    private DueJob? place;

    private string types = "";

    private long lookedAt;

    private long lookedBehindAt;

    private bool isReset = true;

    private int version;

    /// <summary>Where a claim of these types begins; from the front if it is time for that.</summary>
    public WatermarkStart Next(string wanted, TimeProvider clock)
    {
        lock (gate)
        {
            if (wanted != types || isReset || clock.GetElapsedTime(lookedAt) >= LookAgain)
            {
                types = wanted;
                isReset = false;
                lookedAt = clock.GetTimestamp();
                since = Front;
                place = null;
            }

            if (place is not null && clock.GetElapsedTime(lookedBehindAt) < LookBehind) return new WatermarkStart(place, IsPlace: true, version);
            place = null;
            lookedBehindAt = clock.GetTimestamp();
            return new WatermarkStart(since, IsPlace: false, version);
        }
    }

    /// <summary>A claim got all it asked for, and the last of them stood here.</summary>
    public void Filled(DueJob last, WatermarkStart start)
    {
        lock (gate)
        {
            if (start.Version != version) return;
            place = last;
            since = Before(last.Due);
        }
    }

    /// <summary>A claim took all that was due by this time of the database's clock.</summary>
    public void Emptied(DateTime time, WatermarkStart start)
    {
        lock (gate)
        {
            if (start.Version != version) return;
            place = null;
            if (!start.IsPlace) since = Before(time);
        }
    }

    /// <summary>Something became ready that may lie a little below.</summary>
    public void LookBelow()
    {
        lock (gate)
        {
            place = null;
            version++;
        }
    }

    /// <summary>Something was put back that may lie anywhere below.</summary>
    public void Reset()
    {
        lock (gate)
        {
            isReset = true;
            version++;
        }
    }

    private static DueJob Before(DateTime time) => new(time > DateTime.MinValue + Lag ? time - Lag : DateTime.MinValue, 0, 0);
}
