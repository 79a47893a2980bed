namespace Overseer;

/// <summary>The jobs that can be reserved, by type and longest due first.</summary>
internal sealed class ReadyJobs
{
    private readonly Dictionary<string, SortedSet<MemoryJob>> jobs = new(StringComparer.Ordinal);

    public void Add(MemoryJob job)
    {
        if (!jobs.TryGetValue(job.Type, out var ofType)) jobs.Add(job.Type, ofType = new SortedSet<MemoryJob>(DueOrder.Instance));
        ofType.Add(job);
    }

    public void Remove(MemoryJob job)
    {
        if (jobs.TryGetValue(job.Type, out var ofType)) ofType.Remove(job);
    }

    /// <summary>The due jobs of some types, longest due first. They must not be added or removed meanwhile.</summary>
    public IEnumerable<MemoryJob> Due(IEnumerable<string> types, DateTimeOffset now)
    {
        var heads = new PriorityQueue<IEnumerator<MemoryJob>, MemoryJob>(DueOrder.Instance);
        foreach (var type in types)
        {
            if (jobs.TryGetValue(type, out var ofType)) Advance(ofType.GetEnumerator());
        }

        while (heads.TryDequeue(out var head, out var job))
        {
            yield return job;
            Advance(head);
        }

        void Advance(IEnumerator<MemoryJob> head)
        {
            if (head.MoveNext() && head.Current.RunAt <= now) heads.Enqueue(head, head.Current);
        }
    }

    internal sealed class DueOrder : IComparer<MemoryJob>
    {
        public static readonly DueOrder Instance = new();

        public int Compare(MemoryJob? x, MemoryJob? y)
        {
            var order = x!.RunAt.CompareTo(y!.RunAt);
            if (order == 0) order = x.Run.Id.Number.CompareTo(y.Run.Id.Number);
            return order == 0 ? x.Number.CompareTo(y.Number) : order;
        }
    }

    public static int Compare(MemoryJob x, MemoryJob y) => DueOrder.Instance.Compare(x, y);
}
