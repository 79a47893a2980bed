using Overseer.Sqlite;
using Overseer.Sqlite.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class SqliteJobStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ReservedJob>> ReserveAsync(ReserveRequest request, CancellationToken cancellationToken = default) =>
        WriteAsync<IReadOnlyList<ReservedJob>>(session => Reserve(session, request), cancellationToken);

    private List<ReservedJob> Reserve(SqliteSession session, ReserveRequest request)
    {
        var worker = request.Worker.ToString();
        if (session.Scalar(ReserveSql.IsAlive, ("@worker", worker)) is null) return [];
        var now = Now();
        return Start(session, Choose(session, request, worker, now), request, now);
    }

    private static List<ReservedJob> Start(SqliteSession session, List<DueJob> jobs, ReserveRequest request, long now)
    {
        var worker = request.Worker.ToString();
        var inputs = request.Types.ToDictionary(type => type.Name, type => type.Inputs, StringComparer.Ordinal);
        var runs = new Dictionary<long, (string Graph, string? Key)>();
        var reserved = new List<ReservedJob>();
        foreach (var due in jobs)
        {
            using var row = session.Query(ReserveSql.Start, ("@worker", worker), ("@now", now), ("@run", due.Run), ("@no", due.No));
            row.Read();
            if (!runs.TryGetValue(due.Run, out var run)) runs.Add(due.Run, run = FindGraph(session, due.Run));
            var (type, runId) = (row.GetString(0), new RunId(due.Run));
            reserved.Add(new ReservedJob(
                new JobLease(runId, due.No, request.Worker, row.GetInt64(3)),
                row.TextOrNull(5) is { } id ? new JobId(id) : JobId.For(runId, due.No),
                type, run.Graph, run.Key, row.GetInt32(1), row.GetInt32(2), row.TextOrNull(4),
                FindInputs(session, due, inputs[type])));
        }

        return reserved;
    }

    private static List<ReservedJob> HandOver(SqliteSession session, List<JobLease> finished, ReserveRequest request, long now)
    {
        if (session.Scalar(ReserveSql.IsAlive, ("@worker", request.Worker.ToString())) is null) return [];
        var types = request.Types.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var released = new SortedSet<DueJob>();
        foreach (var lease in finished.Where(lease => lease.Worker == request.Worker))
        {
            using var rows = session.Query(EndSql.Released, ("@run", lease.Run.Number), ("@no", lease.Job), ("@now", now));
            while (rows.Read())
            {
                if (types.Contains(rows.GetString(0))) released.Add(new DueJob(rows.GetInt64(1), rows.GetInt64(2), rows.GetInt32(3)));
            }
        }

        return Start(session, [.. released.Take(request.Slots)], request, now);
    }

    private static List<DueJob> Choose(SqliteSession session, ReserveRequest request, string worker, long now)
    {
        var holdsLosses = session.Scalar(ReserveSql.HoldsLosses, ("@worker", worker)) is not null;
        var suspect = holdsLosses ? null : FindSuspect(session, request, now);
        var limit = holdsLosses ? request.Slots : request.Slots + request.Prefetch;
        var chosen = new List<DueJob>();
        using var ready = new ReadyCursors(session, request.Types, now);
        while (chosen.Count < limit && ready.Next() is { } job)
        {
            if (suspect is not null && suspect.CompareTo(job) < 0 && !TakeSuspect()) break;
            if (chosen.Count < limit) chosen.Add(job);
        }

        if (suspect is not null) TakeSuspect();
        return chosen;

        // In its turn, in a slot, and with no prefetch beside it; if there is no slot it waits for one, and so do those after it.
        bool TakeSuspect()
        {
            limit = request.Slots;
            if (chosen.Count >= limit) return false;
            chosen.Add(suspect);
            suspect = null;
            return true;
        }
    }

    private static DueJob? FindSuspect(SqliteSession session, ReserveRequest request, long now)
    {
        DueJob? first = null;
        foreach (var type in request.Types)
        {
            using var row = session.Query(ReserveSql.ReadyWithLosses, ("@type", type.Name), ("@now", now));
            if (row.Read() && DueJob.Read(row) is var job && (first is null || job.CompareTo(first) < 0)) first = job;
        }

        return first;
    }

    private static (string Graph, string? Key) FindGraph(SqliteSession session, long run)
    {
        using var row = session.Query(ReserveSql.Run, ("@run", run));
        row.Read();
        return (row.GetString(0), row.TextOrNull(1));
    }

    private static Dictionary<string, string?> FindInputs(SqliteSession session, DueJob job, IReadOnlyList<string> types)
    {
        var inputs = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (types.Count == 0) return inputs;
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        using var rows = session.Query(ReserveSql.Inputs, ("@run", job.Run), ("@no", job.No));
        while (rows.Read())
        {
            var type = rows.GetString(0);
            if (types.Contains(type) && !inputs.TryAdd(type, rows.TextOrNull(1))) ambiguous.Add(type);
        }

        foreach (var type in ambiguous) inputs.Remove(type);
        return inputs;
    }
}
