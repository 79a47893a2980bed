using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>The questions that people ask of the Store.</summary>
public sealed class PostgresQueryTests(PostgresServers servers) : PostgresWorkerTests(servers)
{
    private static readonly RunId Nowhere = new(999);

    [Fact]
    public async Task Jobs_are_listed_newest_first_and_each_once_while_more_come_in()
    {
        for (var i = 0; i < 7; i++) await InsertAsync("a", "b", "a");
        var seen = new List<Job>();
        string? next = null;
        do
        {
            var page = await Store.ListJobsAsync(new JobFilter { Type = "a" }, next, limit: 4);
            Assert.True(page.Jobs.Count <= 4);
            seen.AddRange(page.Jobs);
            next = page.Next;
            await InsertAsync("a");
        }
        while (next is not null);

        Assert.Equal(14, seen.Count);
        Assert.All(seen, job => Assert.Equal("a", job.Type));
        Assert.Equal(seen.OrderByDescending(job => job.Run.Number).ThenByDescending(job => job.Number).Select(job => job.Id), seen.Select(job => job.Id));
        Assert.Equal(14, seen.DistinctBy(job => job.Id).Count());
    }

    [Fact]
    public async Task The_jobs_of_a_run_are_listed_in_the_order_of_their_numbers()
    {
        var run = await InsertAsync("a", "b", "a", "b", "a");
        await InsertAsync("a");

        var first = await Store.ListJobsAsync(new JobFilter { Run = run, Type = "a" }, limit: 2);
        Assert.Equal([0, 2], first.Jobs.Select(job => job.Number));
        var second = await Store.ListJobsAsync(new JobFilter { Run = run, Type = "a" }, first.Next, limit: 2);
        Assert.Equal([4], second.Jobs.Select(job => job.Number));
        Assert.Null(second.Next);
        Assert.Equal(new JobPage([], null), await Store.ListJobsAsync(new JobFilter { Run = Nowhere }));
        Assert.Empty((await Store.ListJobsAsync(new JobFilter { Type = "unheard of" })).Jobs);
    }

    [Fact]
    public async Task Started_failed_aborted_and_finished_jobs_are_listed()
    {
        var one = await InsertAsync("fails");
        var builder = new JobGraphBuilder("Test");
        var cause = builder.Add(new Job("fails"));
        builder.Add(new Job("closed"), cause);
        var many = (await Store.InsertAsync(builder.Build())).Run;
        var done = await InsertAsync("finishes");
        var started = await InsertAsync("starts", "starts");
        var jobs = await ReserveAsync(Store, Worker, 10, "fails", "finishes", "starts");
        Assert.Equal(5, jobs.Count);
        await Store.EndAsync([
            .. jobs.Where(job => job.Type == "fails").Select(job => (JobEnding)new JobEnding.Fail(job.Lease, JobReason.Exception, new JobFailure("no"))),
            .. jobs.Where(job => job.Type == "finishes").Select(job => (JobEnding)new JobEnding.Finish(job.Lease, null)),
        ]);

        await IsAsync([(many, 0), (one, 0)], JobStatus.Failed);
        await IsAsync([(many, 1)], JobStatus.Aborted);
        await IsAsync([(done, 0)], JobStatus.Finished);
        await IsAsync([(started, 1), (started, 0)], JobStatus.Started);
        await IsAsync([], JobStatus.Unstarted);
        Assert.Equal([many], (await Store.ListJobsAsync(new JobFilter { Reason = JobReason.DependencyFailed })).Jobs.Select(job => job.Run));
        Assert.Equal([many, one], (await Store.ListRunsAsync(new RunFilter { Status = RunStatus.Failed })).Runs.Select(run => run.Id));

        Assert.True(await Store.RetryFailedAsync(one) > 0);
        await IsAsync([(many, 0)], JobStatus.Failed);
        Assert.Equal([started, one], (await Store.ListRunsAsync(new RunFilter { Status = RunStatus.Active })).Runs.Select(run => run.Id));
        Assert.Equal([started, done, many, one], (await Store.ListRunsAsync(new RunFilter { Graph = "Test" })).Runs.Select(run => run.Id));

        async Task IsAsync((RunId, int)[] expected, JobStatus status)
        {
            Assert.Equal(expected, (await Store.ListJobsAsync(new JobFilter { Status = status })).Jobs.Select(job => (job.Run, job.Number)));
            foreach (var page in expected.Length == 2 ? new[] { 1 } : [])
            {
                var first = await Store.ListJobsAsync(new JobFilter { Status = status }, limit: page);
                var second = await Store.ListJobsAsync(new JobFilter { Status = status }, first.Next, limit: page);
                Assert.Equal(expected, first.Jobs.Concat(second.Jobs).Select(job => (job.Run, job.Number)));
                Assert.Null(second.Next);
            }
        }
    }

    [Fact]
    public async Task Runs_are_listed_page_by_page()
    {
        var runs = new List<RunId>();
        for (var i = 0; i < 5; i++) runs.Insert(0, await InsertAsync("a"));
        var first = await Store.ListRunsAsync(new RunFilter(), limit: 3);
        var second = await Store.ListRunsAsync(new RunFilter(), first.Next, limit: 3);

        Assert.Equal(runs, first.Runs.Concat(second.Runs).Select(run => run.Id));
        Assert.Null(second.Next);
    }

    // A filter that nothing fits is looked through in pages that end, and go on.
    [Fact]
    public async Task A_page_looks_through_so_many_jobs_at_most()
    {
        await ExecuteAsync("""
            INSERT INTO overseer.job_type (name) VALUES ('other'), ('rare');
            INSERT INTO overseer.graph (name, version) VALUES ('Big', 'x');
            INSERT INTO overseer.run (id, created_at, graph, jobs) SELECT g, now(), 1, 10 FROM generate_series(1, 6000) AS g;
            INSERT INTO overseer.job (run, run_at, no, type, waiting, dependents, max_attempts, is_only)
            SELECT g, now(), n, CASE WHEN g = 1 AND n = 3 THEN 2 ELSE 1 END, 0, 0, 1, false FROM generate_series(1, 6000) AS g, generate_series(0, 9) AS n
            """);
        var first = await Store.ListJobsAsync(new JobFilter { Type = "rare" });
        Assert.Empty(first.Jobs);
        Assert.Equal("1001-0", first.Next);
        var second = await Store.ListJobsAsync(new JobFilter { Type = "rare" }, first.Next);
        Assert.Equal("1-3", Assert.Single(second.Jobs).Id.Value);
        Assert.Null(second.Next);

        var runs = await Store.ListRunsAsync(new RunFilter { Status = RunStatus.Finished });
        Assert.Empty(runs.Runs);
        Assert.Equal("1001", runs.Next);
        Assert.Null((await Store.ListRunsAsync(new RunFilter { Status = RunStatus.Finished }, runs.Next)).Next);
    }

    [Theory]
    [InlineData("x", "'x' is no place in the list of jobs. Pass what the page before gave as Next, or null for the first page.")]
    [InlineData("", "'' is no place in the list of jobs. Pass what the page before gave as Next, or null for the first page.")]
    public async Task A_place_that_no_page_gave_is_refused(string after, string message)
    {
        Assert.StartsWith(message, (await Assert.ThrowsAsync<ArgumentException>(() => Store.ListJobsAsync(new JobFilter(), after))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListRunsAsync(new RunFilter(), after));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListJobsAsync(new JobFilter { Run = new RunId(1) }, "2-0"));
        Assert.StartsWith(
            "A page has 1 to 1,000 entries.", (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListJobsAsync(new JobFilter(), limit: 0))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListRunsAsync(new RunFilter(), limit: 1001));
    }

    [Fact]
    public async Task The_backlog_and_a_run_are_counted()
    {
        await InsertAsync("b", "a", "a", "c", "d");
        var run = await InsertAsync("c");
        await InsertLaterAsync();
        var jobs = await ReserveAsync(Store, Worker, 10, "c", "d");
        await Store.EndAsync([new JobEnding.Finish(jobs.Single(job => job.Type == "d").Lease, null)]);

        var backlog = await Store.CountBacklogAsync();
        Assert.Equal([("a", 2L, 1L, 0L), ("b", 1, 0, 0), ("c", 0, 0, 2)], backlog.Select(type => (type.Type, type.Ready, type.Scheduled, type.Started)));
        Assert.NotNull(backlog[0].ReadySince);
        Assert.Null(backlog[2].ReadySince);

        Assert.Null(await Store.SummarizeRunAsync(Nowhere));
        var summary = (await Store.SummarizeRunAsync(jobs.First(job => job.Lease.Run != run).Lease.Run))!;
        Assert.Equal(5, summary.Run.Jobs);
        Assert.Equal(["a", "b", "c", "d"], summary.Types.Select(type => type.Type));
        Assert.Equal((2, 0, 0), (summary.Types[0].Unstarted, summary.Types[0].Started, summary.Types[0].Finished));
        Assert.Equal((0, 1, 0), (summary.Types[2].Unstarted, summary.Types[2].Started, summary.Types[2].Finished));
        Assert.Equal((0, 0, 1), (summary.Types[3].Unstarted, summary.Types[3].Started, summary.Types[3].Finished));
        Assert.NotNull(summary.Types[3].LastEnd);
    }

    [Fact]
    public async Task What_a_job_waits_for_is_explained()
    {
        var builder = new JobGraphBuilder("Test");
        var first = builder.Add(new Job("first"));
        var second = builder.Add(new Job("second"));
        builder.Add(new Job("last"), first, second);
        var run = (await Store.InsertAsync(builder.Build())).Run;

        await IsAsync(2, JobCondition.WaitingForDependencies, $"It waits for 2 dependencies: first ({run}-0) is unstarted, second ({run}-1) is unstarted.");
        await IsAsync(0, JobCondition.NoWorkerOfType, "no worker that is alive has a handler for type 'first' (1 worker alive)", types: ["other"]);
        var ready = await IsAsync(0, JobCondition.Ready, "It is ready, and waits for a free slot: 0 jobs of its type come before it, and 1 worker can run it.", types: ["first", "last"]);
        Assert.Equal(1, ready.Workers);
        await ExecuteAsync("UPDATE overseer.worker SET beat_at = now() - interval '1 day'");
        await IsAsync(0, JobCondition.NoWorker, "It is ready, and no worker is alive. Start one.");
        await ExecuteAsync("UPDATE overseer.worker SET beat_at = now()");

        var job = Assert.Single(await ReserveAsync(Store, Worker, 1, "first"));
        var started = await IsAsync(0, JobCondition.Started, "Worker worker has it since ");
        Assert.Equal(started.Job.Heartbeat + TimeSpan.FromMinutes(1), started.Until);
        Assert.Equal(2, (await IsAsync(2, JobCondition.WaitingForDependencies, $"first ({run}-0) is started")).WaitingFor.Count);
        await ExecuteAsync("UPDATE overseer.worker SET beat_at = now() - interval '1 day'");
        await IsAsync(0, JobCondition.Lost, "Worker worker has it, and was last heard of at ");
        await ExecuteAsync("UPDATE overseer.worker SET beat_at = now()");
        await Store.EndAsync([new JobEnding.Finish(job.Lease, null)]);
        await IsAsync(0, JobCondition.Finished, "It finished at ");
        var waits = await IsAsync(2, JobCondition.WaitingForDependencies, $"It waits for 1 dependency: second ({run}-1) is unstarted.");
        Assert.Equal([1], waits.WaitingFor.Select(dependency => dependency.Number));

        job = Assert.Single(await ReserveAsync(Store, Worker, 1, "second"));
        await Store.EndAsync([new JobEnding.Fail(job.Lease, JobReason.Exception, new JobFailure("disk full"))]);
        await IsAsync(1, JobCondition.Failed, "(exception): disk full.");
        await IsAsync(2, JobCondition.Aborted, "(dependency_failed)");
        Assert.Null(await Store.ExplainAsync(JobId.For(run, 7)));
        Assert.Null(await Store.ExplainAsync(new JobId("nobody")));

        async Task<JobExplanation> IsAsync(int no, JobCondition condition, string message, string[]? types = null)
        {
            if (types is not null) await Store.RegisterWorkerAsync(new WorkerRegistration(Worker, "worker", TimeSpan.FromMinutes(1)) { Types = types });
            var explained = (await Store.ExplainAsync(JobId.For(run, no)))!;
            Assert.Contains(message, explained.Message, StringComparison.Ordinal);
            Assert.Equal(condition, explained.Condition);
            return explained;
        }
    }

    // As an application gets it, with a worker that tells what it has handlers for.
    [Fact]
    public async Task A_worker_of_a_host_is_known_by_its_types()
    {
        var host = Host.CreateApplicationBuilder();
        host.Services.AddOverseer(new JobHandlerMap().With("a", (_, _) => Task.CompletedTask)).UsePostgres(Database).AddWorker();
        using var app = host.Build();
        await app.StartAsync();
        var queries = app.Services.GetRequiredService<IJobQueries>();
        await ExecuteAsync($"DELETE FROM overseer.Worker WHERE id = '{Worker}'");

        var run = await InsertAsync("b");

        Assert.Equal(JobCondition.NoWorkerOfType, (await queries.ExplainAsync(JobId.For(run, 0)))!.Condition);
        await app.StopAsync();
        Assert.Equal(JobCondition.NoWorker, (await queries.ExplainAsync(JobId.For(run, 0)))!.Condition);
    }

    [Fact]
    public async Task A_job_that_is_not_due_and_one_whose_dependency_releases_in_pages_are_explained()
    {
        var run = await InsertLaterAsync();
        var explained = (await Store.ExplainAsync(JobId.For(run, 0)))!;
        Assert.Equal((JobCondition.NotDue, explained.Job.RunAt), (explained.Condition, explained.Until));

        var builder = new JobGraphBuilder("Test");
        var first = builder.Add(new Job("first"));
        builder.Add(new Job("last"), first);
        run = (await Store.InsertAsync(builder.Build())).Run;
        await ExecuteAsync($"UPDATE overseer.job SET status = 2, finished_at = now() WHERE run = {run} AND no = 0; INSERT INTO overseer.propagation VALUES ({run}, 0, -1)");
        explained = (await Store.ExplainAsync(JobId.For(run, 1)))!;
        Assert.Equal(JobCondition.WaitingForRelease, explained.Condition);
    }

    private async Task<RunId> InsertLaterAsync()
    {
        var run = await InsertAsync("a");
        await ExecuteAsync($"UPDATE overseer.job SET run_at = now() + interval '1 hour' WHERE run = {run}");
        await ExecuteAsync($"UPDATE overseer.ready SET due = (SELECT run_at FROM overseer.job WHERE run = {run}) WHERE run = {run}");
        return run;
    }

    private async Task<RunId> InsertAsync(params string[] types)
    {
        var builder = new JobGraphBuilder("Test");
        foreach (var type in types) builder.Add(new Job(type));
        return (await Store.InsertAsync(builder.Build())).Run;
    }
}
