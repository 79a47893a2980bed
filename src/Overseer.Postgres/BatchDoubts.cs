namespace Overseer.Postgres;

/// <summary>Batches that were asked for and whose answer never came: whether the database gave them is looked up for a while. Thread-safe.</summary>
internal sealed class BatchDoubts
{
    // A server may go on with a statement for some time after its client is gone.
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();

    private readonly List<(long Batch, long Since)> batches = [];

    public int Count
    {
        get
        {
            lock (gate) return batches.Count;
        }
    }

    public void Add(long batch, TimeProvider clock)
    {
        lock (gate) batches.Add((batch, clock.GetTimestamp()));
    }

    /// <summary>All of them; those that have been looked up for long enough are forgotten with that.</summary>
    public long[] Take(TimeProvider clock)
    {
        lock (gate)
        {
            long[] all = [.. batches.Select(doubt => doubt.Batch)];
            batches.RemoveAll(doubt => clock.GetElapsedTime(doubt.Since) > Keep);
            return all;
        }
    }
}
