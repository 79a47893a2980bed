using Overseer.Sqlite;
using Overseer.Sqlite.Sql;
using Overseer.Stores;

namespace Overseer;

public sealed partial class SqliteJobStore
{
    /// <inheritdoc/>
    public async Task<InsertAnswer> InsertAsync(JobGraph graph, CancellationToken cancellationToken = default)
    {
        // Hashed before the file is locked; a graph of 100,000 jobs takes a while.
        var fingerprint = graph.Fingerprint.ToArray();
        var answer = await WriteAsync(
            session => FindExisting(session, graph, fingerprint) is { } run ? new InsertAnswer(run, AlreadyExisted: true) : Insert(session, graph, fingerprint),
            cancellationToken);
        if (!answer.AlreadyExisted) pulse.Signal(clock);
        return answer;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InsertAnswer>> InsertAsync(IReadOnlyList<JobGraph> graphs, CancellationToken cancellationToken = default)
    {
        var fingerprints = graphs.Select(graph => graph.Fingerprint.ToArray()).ToList();
        var answers = await WriteAsync<IReadOnlyList<InsertAnswer>>(
            session =>
            {
                var all = new InsertAnswer[graphs.Count];
                for (var i = 0; i < all.Length; i++)
                    all[i] = FindExisting(session, graphs[i], fingerprints[i]) is { } run ? new InsertAnswer(run, AlreadyExisted: true) : Insert(session, graphs[i], fingerprints[i]);
                return all;
            },
            cancellationToken);
        if (answers.Any(answer => !answer.AlreadyExisted)) pulse.Signal(clock);
        return answers;
    }

    private InsertAnswer Insert(SqliteSession session, JobGraph graph, byte[] fingerprint)
    {
        var now = Now();
        var run = (long)session.Scalar(
            InsertSql.Run,
            ("@key", graph.Key), ("@graph", graph.Name), ("@version", graph.Version), ("@fingerprint", fingerprint), ("@jobs", graph.Jobs.Length), ("@now", now))!;
        var waiting = new int[graph.Jobs.Length];
        foreach (var edge in graph.Edges)
        {
            waiting[edge.Dependent]++;
            session.Execute(InsertSql.Edge, ("@run", run), ("@dep", edge.Dependency), ("@no", edge.Dependent));
        }

        for (var no = 0; no < waiting.Length; no++)
        {
            var job = graph.Jobs[no];
            var runAt = Math.Max(now, job.RunAt.ToUnixTimeMilliseconds());
            session.Execute(
                InsertSql.Job,
                ("@run", run), ("@no", no), ("@type", job.Type), ("@waiting", waiting[no]), ("@max_attempts", job.MaxAttempts), ("@run_at", runAt));
            if (job.Args is not null) session.Execute(InsertSql.Args, ("@run", run), ("@no", no), ("@json", job.Args));
            if (job.Id.IsAssigned) session.Execute(InsertSql.Name, ("@id", job.Id.Value), ("@run", run), ("@no", no));
        }

        return new InsertAnswer(new RunId(run), AlreadyExisted: false);
    }

    private static RunId? FindExisting(SqliteSession session, JobGraph graph, byte[] fingerprint)
    {
        if (graph.Key is { } key && FindKey(session, key) is var (run, known))
            return graph.Options.UseExistingRun || known.AsSpan().SequenceEqual(fingerprint) ? run : throw new JobConflictException(key, run);

        var taken = new List<JobId>();
        var isSame = true;
        RunId? first = null;
        var numbers = new Dictionary<int, int>();
        for (var number = 0; number < graph.Jobs.Length; number++)
        {
            var job = graph.Jobs[number];
            if (!job.Id.IsAssigned) continue;
            using var name = session.Query(InsertSql.FindName, ("@id", job.Id.Value));
            if (!name.Read()) continue;
            taken.Add(job.Id);
            first ??= new RunId(name.GetInt64(0));
            isSame &= first.Value.Number == name.GetInt64(0) && name.GetString(1) == job.Type && name.TextOrNull(2) == job.Args;
            numbers[number] = name.GetInt32(3);
        }

        if (first is not { } one) return null;
        // A job without an id of its own would be lost if only the others were looked at.
        if (taken.Count != graph.Jobs.Length)
            isSame = ((byte[])session.Scalar(InsertSql.Fingerprint, ("@run", one.Number))!).AsSpan().SequenceEqual(fingerprint);
        else
            isSame = isSame && HasSameDependencies(session, one, graph, numbers);
        // A key that the run does not have would be lost with the insert.
        isSame &= graph.Key is null || graph.Key == session.Scalar(InsertSql.Key, ("@run", one.Number)) as string;
        return isSame ? one : throw new JobConflictException(taken);
    }

    private static bool HasSameDependencies(SqliteSession session, RunId run, JobGraph graph, Dictionary<int, int> numbers)
    {
        var wanted = graph.Edges.Select(edge => (numbers[edge.Dependency], numbers[edge.Dependent])).ToHashSet();
        var known = 0;
        foreach (var no in numbers.Values)
        {
            using var dependency = session.Query(InsertSql.Dependencies, ("@run", run.Number), ("@no", no));
            for (; dependency.Read(); known++)
            {
                if (!wanted.Contains((dependency.GetInt32(0), no))) return false;
            }
        }

        return known == wanted.Count;
    }

    private static (RunId Run, byte[] Fingerprint)? FindKey(SqliteSession session, string key)
    {
        using var run = session.Query(InsertSql.FindKey, ("@key", key));
        return run.Read() ? (new RunId(run.GetInt64(0)), run.GetFieldValue<byte[]>(1)) : null;
    }
}
