using Microsoft.Extensions.Time.Testing;

namespace Overseer.Stores.Tests;

/// <summary>Does the same to a store as to the model, and writes down what each answers.</summary>
internal sealed class StoreHistory(IJobStore store, FakeTimeProvider clock)
{
    private static readonly string[] Types = ["a", "b", "c"];

    private readonly List<WorkerId> workers = [];

    private readonly List<JobLease> leases = [];

    private int runs;

    public async Task<string> DoAsync(StoreAction action, int step)
    {
        switch (action)
        {
            case StoreAction.Insert insert:
                return await InsertAsync(insert);
            case StoreAction.StartWorker start:
                // Both are given the same ids, so that their answers can be compared.
                workers.Add(new WorkerId(new Guid(step, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])));
                await store.RegisterWorkerAsync(new WorkerRegistration(workers[^1], $"worker{step}", TimeSpan.FromSeconds(start.LeaseSeconds)));
                return "";
            case StoreAction.Reserve reserve:
                return await ReserveAsync(reserve);
            case StoreAction.EndJobs end:
                return string.Join("; ", await store.EndAsync(Endings(end.Lease, end.Count, end.Kind, step)));
            case StoreAction.EndAndReserve end when workers.Count > 0:
                // As an engine does, of one worker's attempts.
                var mine = Endings(end.Lease, end.Count, end.Kind, step).Where(ending => ending.Lease.Worker == Pick(workers, end.Worker)).ToList();
                var ended = await store.EndAndReserveAsync(mine, new ReserveRequest(Pick(workers, end.Worker), Wanted(end.Types), end.Slots, 3));
                return $"{string.Join("; ", ended.Answers)} {Show(ended.HandedOver)}";
            case StoreAction.InsertMany insert:
                return await InsertManyAsync(insert);
            case StoreAction.Beat beat when workers.Count > 0:
                var answer = await store.BeatAsync(Pick(workers, beat.Worker), [.. leases.Where(lease => lease.Worker == Pick(workers, beat.Worker)).TakeLast(8)]);
                return $"{answer.IsAlive} {string.Join(",", answer.Lost)}";
            case StoreAction.Retire retire when workers.Count > 0:
                await store.RetireWorkerAsync(Pick(workers, retire.Worker));
                return "";
            case StoreAction.Pass pass:
                clock.Advance(TimeSpan.FromSeconds(pass.Seconds));
                return "";
            case StoreAction.Sweep sweep:
                var swept = await store.SweepAsync(sweep.LossLimit, sweep.Page);
                return $"{swept.DeadWorkers} {swept.HasMore} {string.Join(" | ", swept.Jobs.Select(Describe))}";
            case StoreAction.CancelRun cancel when runs > 0:
                return $"{await store.CancelRunAsync(Run(cancel.Run))}";
            case StoreAction.CancelJob cancel when runs > 0:
                return $"{await store.CancelJobAsync(JobId.For(Run(cancel.Run), cancel.Number))}";
            case StoreAction.RetryFailed retry when runs > 0:
                return $"{await store.RetryFailedAsync(Run(retry.Run))}";
            default:
                return "";
        }
    }

    /// <summary>All that can be seen from outside.</summary>
    public async Task<string> DescribeAsync()
    {
        var lines = new List<string>();
        for (var number = 1; number <= runs; number++)
        {
            lines.Add($"{await store.GetRunAsync(new RunId(number))}");
            lines.AddRange((await store.ListJobsAsync(new RunId(number))).Select(Describe));
        }

        return string.Join('\n', lines);
    }

    private static JobGraph Build(StoreAction.Insert insert)
    {
        var builder = new JobGraphBuilder("Random");
        var jobs = Enumerable.Range(0, insert.Jobs)
            .Select(i => builder.Add(new Job(Types[(i + insert.Edges) % Types.Length]) { MaxAttempts = insert.MaxAttempts })).ToList();
        for (var (i, bits) = (1, insert.Edges); i < jobs.Count; i++)
        {
            for (var j = 0; j < i; j++, bits = (bits * 5) + 3)
            {
                if ((bits & 24) == 0) builder.DependsOn(jobs[i], jobs[j]);
            }
        }

        return builder.Build(key: insert.Key > 3 ? null : $"key{insert.Key}");
    }

    private async Task<string> InsertAsync(StoreAction.Insert insert)
    {
        try
        {
            var answer = await store.InsertAsync(Build(insert));
            runs = Math.Max(runs, (int)answer.Run.Number);
            return answer.ToString();
        }
        catch (JobConflictException conflict)
        {
            return conflict.Message;
        }
    }

    private async Task<string> ReserveAsync(StoreAction.Reserve reserve)
    {
        if (workers.Count == 0) return "";
        return Show(await store.ReserveAsync(new ReserveRequest(Pick(workers, reserve.Worker), Wanted(reserve.Types), reserve.Slots, reserve.Prefetch)));
    }

    private List<JobEnding> Endings(int first, int count, int kind, int step) =>
        [.. Enumerable.Range(0, leases.Count == 0 ? 0 : count).Select(i => Ending(leases[^(1 + ((first + i) % leases.Count))], kind + i, step))];

    private static List<ReserveType> Wanted(int types) => [.. Types.Where((_, i) => (types & (1 << i)) != 0).Select(type => new ReserveType(type, Types))];

    private string Show(IReadOnlyList<ReservedJob> jobs)
    {
        leases.AddRange(jobs.Select(job => job.Lease));
        return string.Join(" | ", jobs.Select(job => $"{job with { Inputs = null! }} {string.Join(",", job.Inputs.OrderBy(input => input.Key, StringComparer.Ordinal))}"));
    }

    private async Task<string> InsertManyAsync(StoreAction.InsertMany insert)
    {
        try
        {
            var answers = await store.InsertAsync([.. Enumerable.Range(0, insert.Graphs).Select(i => Build(new StoreAction.Insert(insert.Jobs, insert.Edges + i, 1, insert.Key + i)))]);
            foreach (var answer in answers) runs = Math.Max(runs, (int)answer.Run.Number);
            return string.Join("; ", answers);
        }
        catch (JobConflictException conflict)
        {
            return $"conflict about {conflict.Key}";
        }
    }

    private RunId Run(int choice) => new(1 + (choice % runs));

    private static T Pick<T>(List<T> all, int choice) => all[choice % all.Count];

    private static JobEnding Ending(JobLease lease, int kind, int step)
    {
        var failure = new JobFailure($"step {step}", "Some.Exception", "at A");
        return (kind % 10) switch
        {
            0 or 1 or 2 or 3 => new JobEnding.Finish(lease, step % 2 == 0 ? null : $"{step}"),
            4 => new JobEnding.Fail(lease, JobReason.Exception, failure, TimeSpan.FromSeconds(step % 3)),
            5 => new JobEnding.Fail(lease, JobReason.Timeout, failure),
            6 => new JobEnding.Abort(lease, step % 2 == 0 ? JobReason.Abort : JobReason.AbortSilent, failure),
            7 => new JobEnding.Postpone(lease, PostponeKind.Fault, TimeSpan.FromSeconds(step % 3), 2, failure),
            8 => new JobEnding.Postpone(lease, PostponeKind.Snooze, TimeSpan.FromSeconds(step % 4), 2, failure),
            _ => new JobEnding.Release(lease),
        };
    }

    // What a dead worker is called until its jobs are taken back is left to the store.
    private static string Describe(Job job) =>
        $"{job.Id} {job.Type} {job.Status} {job.Reason} attempt {job.Attempt}/{job.MaxAttempts} losses {job.Losses} waiting {job.WaitingOn} "
        + $"result {job.Result} failure {job.Failure} worker {(job.Heartbeat is null ? null : job.Worker)} at {job.Heartbeat:O} created {job.CreatedAt:O} run {job.RunAt:O} "
        + $"started {job.StartedAt:O} finished {job.FinishedAt:O}";
}
