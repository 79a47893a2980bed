using Overseer.Stores;

namespace Overseer.Postgres;

/// <summary>What this process knows of one of its workers: what it was given, and how far the ready jobs are known to be taken. Thread-safe.</summary>
/// <remarks>
/// Only hints: they spare the database work (which batches of <c>held</c> are over, whether a job has dependents), and every statement
/// is right without them. A batch is <i>pending</i> from when it is asked for until its jobs are known here, then <i>open</i> until the
/// last of them has ended, then <i>over</i> until a beat drops its row.
/// </remarks>
internal sealed class WorkerLeases(int no, TimeProvider clock)
{
    /// <summary>How long a busy worker waits after a claim that brought nothing.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    // For how long every claim must have brought something before the worker asks not to be told any more: while it changes its mind
    // its row grows by a version each time, which every insert and claim walks over for as long as an old snapshot may see them
    // (seen: 4 ms each after five minutes, at 80 changes a second).
    private static readonly TimeSpan BusyAfter = TimeSpan.FromSeconds(1);

    // Or how many jobs must have come in that time; it then looks again rather than be told, until nothing has come for a while. The server commits
    // transactions that notify one by one (seen: 16 connections inserted 2,100 jobs/s beside a worker that was told of each, 4,200 beside one that was not).
    private const int Many = 1000;
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMilliseconds(20);

    // A worker that could not look again by then has other reasons than its jobs.
    private static readonly TimeSpan LookWithin = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();

    private long? busySince;

    private long broughtAt;

    private long countedFrom;

    private int count;

    private bool wereMany;

    private long? hasToLookSince;

    private long? idleSince;

    private readonly Dictionary<(long Run, int No), GivenJob> given = [];

    private readonly Dictionary<long, int> open = [];

    private readonly HashSet<long> pending = [];

    private readonly List<long> over = [];

    private long lastBatch = Random.Shared.NextInt64(long.MaxValue / 2);

    private int suspects;

    /// <summary>Its number in the database.</summary>
    public int No => no;

    /// <summary>When the server started that answered last, as far as is known.</summary>
    public DateTime ServerStart { get; set; }

    /// <summary>Where its next claim begins.</summary>
    public Watermark Watermark { get; } = new(clock);

    /// <summary>Batches that may have been given without this process knowing.</summary>
    public BatchDoubts Doubts { get; } = new();

    /// <summary>Whether it holds a job with losses.</summary>
    public bool HoldsSuspect
    {
        get
        {
            lock (gate) return suspects > 0;
        }
    }

    /// <summary>Whether claims have brought something for so long, or so much, that it need not be told of more.</summary>
    public bool IsBusy
    {
        get
        {
            lock (gate)
                return (busySince is { } since && clock.GetElapsedTime(since) >= BusyAfter) || ((wereMany || count >= Many) && clock.GetElapsedTime(broughtAt) < IdleAfter && !(idleSince is { } idle && clock.GetElapsedTime(idle) < BusyAfter));
        }
    }

    /// <summary>Whether the last claim found nothing, and yet the worker is not told when something is ready: it has to look again soon.</summary>
    public bool HasToLook
    {
        get
        {
            lock (gate) return hasToLookSince is { } since && clock.GetElapsedTime(since) < LookWithin;
        }
    }

    /// <summary>How many jobs a claim found.</summary>
    /// <param name="jobs">That many.</param>
    /// <param name="saidBusy">Whether it was made with the word that the worker need not be told of more.</param>
    /// <param name="becameIdle">Whether the worker is told of more again from now on.</param>
    public void Found(int jobs, bool saidBusy, bool becameIdle)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            hasToLookSince = saidBusy && jobs == 0 ? now : null;
            if (becameIdle) idleSince = now;
            if (clock.GetElapsedTime(countedFrom, now) >= BusyAfter) (wereMany, count, countedFrom) = (count >= Many, 0, now);
            count += jobs;
            busySince = jobs > 0 ? busySince ?? now : null;
            if (jobs > 0) broughtAt = now;
        }
    }

    public long NextBatch()
    {
        lock (gate)
        {
            pending.Add(++lastBatch);
            return lastBatch;
        }
    }

    /// <summary>What the batch brought is known here.</summary>
    public void Came(long batch)
    {
        lock (gate) pending.Remove(batch);
    }

    /// <summary>The answer never came.</summary>
    public void Doubt(long batch)
    {
        Came(batch);
        Doubts.Add(batch, clock);
    }

    /// <summary>Whether a batch is asked for at this moment.</summary>
    public bool IsPending(long batch)
    {
        lock (gate) return pending.Contains(batch);
    }

    /// <summary>Whether some job of a batch has not ended.</summary>
    public bool IsOpen(long batch)
    {
        lock (gate) return open.ContainsKey(batch);
    }

    /// <summary>Their rows were not dropped after all.</summary>
    public void KeepOver(long[] batches)
    {
        lock (gate) over.AddRange(batches);
    }

    /// <summary>The batches that are over; asked once.</summary>
    public long[] TakeOver()
    {
        lock (gate)
        {
            long[] all = [.. over];
            over.Clear();
            return all;
        }
    }

    public void Add(long batch, JobLease lease, int dependents, int losses)
    {
        lock (gate)
        {
            Remove((lease.Run.Number, lease.Job));
            given[(lease.Run.Number, lease.Job)] = new GivenJob(lease.Number, batch, dependents, losses > 0);
            open[batch] = open.GetValueOrDefault(batch) + 1;
            if (losses > 0) suspects++;
        }
    }

    /// <summary>Whether it was given this job and has not ended it.</summary>
    public bool Holds(long run, int no)
    {
        lock (gate) return given.ContainsKey((run, no));
    }

    /// <summary>How many jobs depend on the one that is held; null if this process did not see it.</summary>
    public int? DependentsOf(JobLease lease)
    {
        lock (gate) return given.TryGetValue((lease.Run.Number, lease.Job), out var job) && job.Lease == lease.Number ? job.Dependents : null;
    }

    public void Remove(IEnumerable<JobLease> leases)
    {
        lock (gate)
        {
            foreach (var lease in leases)
            {
                var place = (lease.Run.Number, lease.Job);
                if (given.TryGetValue(place, out var job) && job.Lease == lease.Number) Remove(place);
            }
        }
    }

    /// <summary>Whoever asked for these will never hear of them. What brought them is in doubt, and so it is not over: by its row alone the database can give them back.</summary>
    public void Disown(JobLease[] leases)
    {
        long[] batches;
        lock (gate)
        {
            batches = [.. leases.Select(lease => given.GetValueOrDefault((lease.Run.Number, lease.Job))).Where(job => job.Batch != 0).Select(job => job.Batch).Distinct()];
            Remove(leases);
            over.RemoveAll(batches.Contains);
        }

        foreach (var batch in batches) Doubts.Add(batch, clock);
    }

    private void Remove((long Run, int No) place)
    {
        if (!given.Remove(place, out var job)) return;
        if (--open[job.Batch] == 0)
        {
            open.Remove(job.Batch);
            over.Add(job.Batch);
        }

        if (job.IsSuspect) suspects--;
    }

    private readonly record struct GivenJob(long Lease, long Batch, int Dependents, bool IsSuspect);
}
