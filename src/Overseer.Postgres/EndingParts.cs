using Overseer.Stores;

namespace Overseer.Postgres;

/// <summary>Endings in the parts that can be told at once: none names a job twice. All are places in the list that was given.</summary>
internal sealed class EndingParts
{
    private readonly HashSet<(long, int)> jobs = [];

    private EndingParts()
    {
    }

    /// <summary>The finishes of each worker, sorted by run and number.</summary>
    public SortedDictionary<Guid, List<int>> FinishesByWorker { get; } = [];

    public IEnumerable<(WorkerId Worker, List<int> Places)> Finishes => FinishesByWorker.Select(worker => (new WorkerId(worker.Key), worker.Value));

    /// <summary>What is no finish, in the order it was given.</summary>
    public List<int> Others { get; } = [];

    public static List<EndingParts> Of(IReadOnlyList<JobEnding> endings)
    {
        var parts = new List<EndingParts>();
        EndingParts? part = null;
        for (var i = 0; i < endings.Count; i++)
        {
            var lease = endings[i].Lease;
            if (part is null || !part.jobs.Add((lease.Run.Number, lease.Job)))
            {
                part = new EndingParts();
                part.jobs.Add((lease.Run.Number, lease.Job));
                parts.Add(part);
            }

            if (endings[i] is not JobEnding.Finish) part.Others.Add(i);
            else if (part.FinishesByWorker.TryGetValue(lease.Worker.Value, out var places)) places.Add(i);
            else part.FinishesByWorker.Add(lease.Worker.Value, [i]);
        }

        foreach (var places in parts.SelectMany(each => each.FinishesByWorker.Values))
            places.Sort((x, y) => (endings[x].Lease.Run.Number, endings[x].Lease.Job).CompareTo((endings[y].Lease.Run.Number, endings[y].Lease.Job)));
        return parts;
    }
}
