namespace Overseer.Postgres;

/// <summary>A graph as the rows it becomes.</summary>
internal sealed class NewRun
{
    private readonly List<string> texts = [];

    private NewRun(JobGraph graph)
    {
        Graph = graph;
        var jobs = graph.Jobs.Length;
        Waiting = new int[jobs];
        Dependents = new int[jobs];
        ArgsSlots = new int[jobs];
        foreach (var edge in graph.Edges)
        {
            Waiting[edge.Dependent]++;
            Dependents[edge.Dependency]++;
        }
    }

    public JobGraph Graph { get; }

    public int[] Waiting { get; }

    public int[] Dependents { get; }

    /// <summary>For each job which of the texts are its args; -1 if it has none.</summary>
    public int[] ArgsSlots { get; }

    /// <summary>The args that most or all of the jobs share.</summary>
    public string? Args => texts.Count > 0 ? texts[0] : null;

    /// <summary>Further args; the first of them has slot 1.</summary>
    public IReadOnlyList<string> MoreArgs { get; private set; } = [];

    /// <summary>What tells whether another graph is the same; null where nobody can ask.</summary>
    public byte[]? Fingerprint { get; private init; }

    public bool HasNames { get; private init; }

    public static NewRun Of(JobGraph graph)
    {
        var hasNames = false;
        foreach (var job in graph.Jobs) hasNames |= job.Id.IsAssigned;
        var run = new NewRun(graph) { HasNames = hasNames, Fingerprint = hasNames || graph.Key is not null ? graph.Fingerprint.ToArray() : null };
        run.CollectArgs();
        return run;
    }

    /// <summary>The earliest time at which a job may run; the beginning of time if it may at once.</summary>
    public static DateTime RunAt(Job job) => job.RunAt <= DateTimeOffset.UnixEpoch ? DateTime.MinValue : Whole(job.RunAt.UtcDateTime);

    // Whole milliseconds, as the other stores keep them.
    private static DateTime Whole(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    private void CollectArgs()
    {
        Dictionary<string, int>? slots = null;
        for (var number = 0; number < ArgsSlots.Length; number++)
        {
            if (Graph.Jobs[number].Args is not { } args)
            {
                ArgsSlots[number] = -1;
                continue;
            }

            if (texts.Count > 0 && args == texts[0]) continue;
            if (texts.Count > 0)
            {
                slots ??= new Dictionary<string, int>(StringComparer.Ordinal);
                if (slots.TryGetValue(args, out var slot))
                {
                    ArgsSlots[number] = slot;
                    continue;
                }

                slots.Add(args, texts.Count);
            }

            ArgsSlots[number] = texts.Count;
            texts.Add(args);
        }

        if (texts.Count > 1) MoreArgs = texts[1..];
    }
}
