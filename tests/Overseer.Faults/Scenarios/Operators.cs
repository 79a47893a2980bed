using System.Collections.Concurrent;

namespace Overseer.Faults;

/// <summary>F43: people who cancel and retry while workers work.</summary>
internal static class Operators
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("F43", "Three operators cancel and retry in a loop while jobs end", LoopAsync),
        new("F43b", "A job's finish comes while a cancel of it is about to commit", CancelFirstAsync),
        new("F43c", "A cancel comes while the finish of the job is about to commit", FinishFirstAsync),
        new("F43d", "Two operators retry the same run at once", RetriedTwiceAsync),
    ];

    private static async Task LoopAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        // Only jobs on which nothing depends: so each that is aborted was cancelled itself, and the answers can be counted.
        RunHandle[] runs = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(i => arena.InsertAsync(JobGraph.Of([.. Enumerable.Range(0, 40).Select(no => Graphs.New(20, no % 5 == 0 ? "throw" : "", 1))]))))];
        var layers = await arena.InsertAsync(Graphs.Layers(arena.Random, layers: 6, width: 10, longest: 30));
        await arena.StartWorkersAsync(2);
        var seeds = Enumerable.Range(0, 3).Select(_ => arena.Random.Next()).ToList();
        var cancelled = new ConcurrentDictionary<JobId, int>();
        var (ofRuns, reopened) = (0, 0);
        await Task.WhenAll(seeds.Select(async seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < (arena.IsLong ? 3000 : 120); i++)
            {
                var run = runs[random.Next(runs.Length)];
                var job = JobId.For(run.Id, random.Next(40));
                if (random.Next(10) < 7 && await arena.Store.CancelJobAsync(job)) cancelled.AddOrUpdate(job, 1, (_, count) => count + 1);
                if (random.Next(20) == 0) Interlocked.Add(ref ofRuns, await run.CancelAsync());
                if (random.Next(3) == 0) Interlocked.Add(ref reopened, await arena.RetryFailedAsync(run));
                if (random.Next(5) == 0) await arena.Store.CancelJobAsync(JobId.For(layers.Id, random.Next(60)));
                if (random.Next(5) == 0) await arena.RetryFailedAsync(layers);
            }
        }));
        await arena.WaitAsync();
        var steps = (await TransitionLog.ReadAsync(arena.Database)).Where(step => step.Run != layers.Id.Number).ToList();
        var aborted = steps.Where(step => step.To == JobStatus.Aborted).ToList();
        Arena.Require(aborted.Count == cancelled.Values.Sum() + ofRuns, $"of each cancel one operator was told: {cancelled.Values.Sum()} of jobs and {ofRuns} of runs, and {aborted.Count} are logged");
        foreach (var (job, times) in cancelled) Arena.Require(aborted.Count(step => JobId.For(new RunId(step.Run), step.No) == job) >= times, $"{job} was cancelled {times} times");
        var back = steps.Count(step => step.From is JobStatus.Failed or JobStatus.Aborted && step.To == JobStatus.Unstarted);
        Arena.Require(back == reopened, $"of each retry one operator was told: of {reopened}, and {back} are logged");
        Arena.Require(aborted.Any(step => step.From == JobStatus.Started), "running jobs were cancelled");
        Arena.Require(steps.All(step => step.From != JobStatus.Finished), "nothing that finished was touched");
    }

    private static async Task CancelFirstAsync(Arena arena)
    {
        var (run, worker) = await EndingAsync(arena);
        await using var barrier = await Barrier.RaiseAsync(arena.Database, "overseer.job", "AFTER UPDATE", "new.status = 4");
        var cancel = arena.Store.CancelJobAsync(JobId.For(run.Id, 0));
        await barrier.ReachedAsync();
        worker.Say("lift ending");
        await arena.BlockedAsync();
        await barrier.DropAsync();
        Arena.Require(await cancel, "the operator is told that the job is cancelled");
        await arena.LoggedAsync(worker, "StaleEnding");
        await arena.WaitAsync();
        var jobs = await arena.Store.ListJobsAsync(run.Id);
        Arena.Require(jobs[0] is { Status: JobStatus.Aborted, Reason: JobReason.Cancelled, Result: null }, "the job is cancelled, and has no result");
        Arena.Require(jobs[1] is { Status: JobStatus.Aborted, Reason: JobReason.DependencyAborted }, "what depends on it is aborted");
    }

    private static async Task FinishFirstAsync(Arena arena)
    {
        var (run, worker) = await EndingAsync(arena);
        await using var barrier = await Barrier.RaiseAsync(arena.Database, "overseer.job", "AFTER UPDATE", "new.status = 2");
        worker.Say("lift ending");
        await barrier.ReachedAsync();
        var cancel = arena.Store.CancelJobAsync(JobId.For(run.Id, 0));
        await arena.BlockedAsync();
        await barrier.DropAsync();
        Arena.Require(!await cancel, "the operator is told that there was nothing to cancel");
        await arena.WaitAsync();
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "the run finished");
    }

    private static async Task<(RunHandle Run, WorkerProcess Worker)> EndingAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.Chain(2));
        var worker = await arena.StartWorkerAsync(settings => settings with { Breaks = ["ending"] });
        await worker.HearAsync("at ending");
        return (run, worker);
    }

    private static async Task RetriedTwiceAsync(Arena arena)
    {
        await arena.StartDatabaseAsync();
        var run = await arena.InsertAsync(Graphs.Join(3, act: _ => "throw-while-down"));
        await arena.StartWorkerAsync();
        await arena.WaitAsync();
        await File.WriteAllTextAsync($"{arena.Folder}/up", "");
        await using var barrier = await Barrier.RaiseAsync(arena.Database, "overseer.job", "AFTER UPDATE", "old.status = 3 AND new.status = 0");
        var first = arena.RetryFailedAsync(run);
        await barrier.ReachedAsync();
        var second = arena.RetryFailedAsync(run);
        await arena.BlockedAsync();
        await barrier.DropAsync();
        Arena.Require(await first == 4 && await second == 0, "one reopened the jobs, and the other was told that there were none");
        await arena.WaitAsync();
        Arena.Require((await run.GetAsync()).Status == RunStatus.Finished, "the run finished");
    }
}
