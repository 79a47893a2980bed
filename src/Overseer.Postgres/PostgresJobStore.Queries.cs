using System.Globalization;
using Overseer.Postgres;
using Overseer.Postgres.Sql;

namespace Overseer;

public sealed partial class PostgresJobStore
{
    // How many rows a page looks through, in steps that grow, so that a filter that many fit costs little.
    private static readonly int[] JobSteps = [1000, 9000, 40_000];
    private static readonly int[] RunSteps = [500, 4500];

    /// <inheritdoc/>
    public async Task<JobPage> ListJobsAsync(JobFilter filter, string? after = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        CheckLimit(limit);
        var (run, no) = filter.Run is { } only ? (only, -1) : (new RunId(long.MaxValue), int.MaxValue);
        if (after is not null)
        {
            if (!JobId.TryParse(after, out var last, out var number) || (filter.Run is { } one && one != last)) throw BadPlace(after, filter.Run is null ? "jobs" : $"the jobs of run {filter.Run}");
            (run, no) = (last, number);
        }

        var sql = filter switch
        {
            { Run: not null } => QuerySql.JobsOfRun,
            { Status: JobStatus.Started } => QuerySql.Started,
            { Status: JobStatus.Failed or JobStatus.Aborted } => QuerySql.Bad,
            _ => QuerySql.Jobs,
        };
        var found = new List<(RunId Run, int No)>();
        var isEnd = false;
        foreach (var step in JobSteps)
        {
            var walked = await WalkAsync(sql, run, no, step, limit + 1 - found.Count, filter, found, cancellationToken);
            isEnd = walked.Count < step;
            (run, no) = (walked.Run, walked.No);
            if (isEnd || found.Count > limit) break;
        }

        if (found.Count > limit)
        {
            found.RemoveAt(limit);
            (run, no, isEnd) = (found[^1].Run, found[^1].No, false);
        }

        return new JobPage(await JobsAtAsync(found, cancellationToken), isEnd ? null : JobId.For(run, no).Value);
    }

    /// <inheritdoc/>
    public async Task<RunPage> ListRunsAsync(RunFilter filter, string? after = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        CheckLimit(limit);
        var before = long.MaxValue;
        if (after is not null && !(long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before) && before > 0)) throw BadPlace(after, "runs");
        var sql = filter.Status is RunStatus.Failed or RunStatus.Aborted ? QuerySql.BadRuns : QuerySql.Runs;
        var found = new List<Run>();
        var isEnd = false;
        foreach (var step in RunSteps)
        {
            var walked = await database.QueryAsync(
                sql, [Values.Of(before), Values.Of(step), Values.Of(limit + 1 - found.Count), Values.OfText(filter.Graph), Values.OfText(filter.Status?.ToWord())],
                rows =>
                {
                    var (count, last) = (0, 0L);
                    while (rows.Read())
                    {
                        if (!rows.IsDBNull(2)) found.Add(ReadRun(rows));
                        else if (!rows.IsDBNull(0)) (count, last) = (rows.GetInt32(5), rows.GetInt64(0));
                    }

                    return (Count: count, Last: last);
                },
                cancellationToken);
            isEnd = walked.Count < step;
            before = walked.Last;
            if (isEnd || found.Count > limit) break;
        }

        found.Sort((x, y) => y.Id.Number.CompareTo(x.Id.Number));
        if (found.Count > limit)
        {
            found.RemoveAt(limit);
            (before, isEnd) = (found[^1].Id.Number, false);
        }

        return new RunPage(found, isEnd ? null : before.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TypeBacklog>> CountBacklogAsync(CancellationToken cancellationToken = default) => database.QueryAsync(
        QuerySql.Backlog, [],
        rows =>
        {
            var types = new List<TypeBacklog>();
            while (rows.Read()) types.Add(new TypeBacklog(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.TimeOrNull(4)));
            return (IReadOnlyList<TypeBacklog>)types;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<RunSummary?> SummarizeRunAsync(RunId run, CancellationToken cancellationToken = default)
    {
        if (await GetRunAsync(run, cancellationToken) is not { } found) return null;
        var types = await database.QueryAsync(
            QuerySql.Types, [Values.Of(run.Number)],
            rows =>
            {
                var types = new List<TypeCounts>();
                while (rows.Read())
                {
                    types.Add(new TypeCounts(
                        rows.GetString(0), rows.GetInt32(1), rows.GetInt32(2), rows.GetInt32(3), rows.GetInt32(4), rows.GetInt32(5), rows.TimeOrNull(6), rows.TimeOrNull(7)));
                }

                return types;
            },
            cancellationToken);
        return new RunSummary(found, types);
    }

    private static void CheckLimit(int limit)
    {
        if (limit is < 1 or > 1000) throw new ArgumentOutOfRangeException(nameof(limit), limit, "A page has 1 to 1,000 entries.");
    }

    private static ArgumentException BadPlace(string after, string list) => new(
        $"'{(after.Length <= 50 ? after : after[..50] + "…")}' is no place in the list of {list}. Pass what the page before gave as Next, or null for the first page.", nameof(after));

    /// <summary>Adds the places of what fits. Gives how many rows were looked through, and the last of them.</summary>
    private Task<(RunId Run, int No, int Count)> WalkAsync(
        string sql, RunId run, int no, int step, int limit, JobFilter filter, List<(RunId Run, int No)> found, CancellationToken cancellationToken) => database.QueryAsync(
        sql,
        [
            Values.Of(run.Number), Values.Of(no), Values.Of((long)step), Values.Of((long)limit), Values.OfText(filter.Type), Values.OfNumber((short?)filter.Status),
            Values.OfNumber((short?)filter.Reason),
        ],
        rows =>
        {
            var last = (run, no, 0);
            while (rows.Read())
            {
                var place = (new RunId(rows.GetInt64(0)), rows.GetInt32(1));
                if (rows.GetInt32(2) is var count and > 0) last = (place.Item1, place.Item2, count);
                else found.Add(place);
            }

            return last;
        },
        cancellationToken);

    private async Task<IReadOnlyList<Job>> JobsAtAsync(List<(RunId Run, int No)> places, CancellationToken cancellationToken)
    {
        if (places.Count == 0) return [];
        var jobs = await database.QueryAsync(
            ReadSql.JobsAt, [Values.Of(places.Select(place => place.Run.Number).ToArray()), Values.Of(places.Select(place => place.No).ToArray())],
            rows =>
            {
                var jobs = new Dictionary<(RunId, int), Job>();
                while (rows.Read())
                {
                    var job = ReadJob(rows);
                    jobs[(job.Run, job.Number)] = job;
                }

                return jobs;
            },
            cancellationToken);
        return [.. places.Where(jobs.ContainsKey).Select(place => jobs[place])];
    }
}
