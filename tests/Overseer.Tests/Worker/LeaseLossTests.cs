using Overseer.Stores;
using Xunit;

namespace Overseer.Tests.Worker;

public sealed class LeaseLossTests
{
    [Fact]
    public async Task A_dead_workers_job_runs_again_elsewhere_and_its_late_finish_changes_nothing()
    {
        var store = new InMemoryJobStore();
        var token = TestContext.Current.CancellationToken;
        var dead = WorkerId.New();
        await store.RegisterWorkerAsync(new WorkerRegistration(dead, "dead", TimeSpan.FromMilliseconds(1)), token);
        var inserted = await store.InsertAsync(JobGraph.Of(new Job("a")), token);
        var zombie = Assert.Single(await store.ReserveAsync(new ReserveRequest(dead, [new ReserveType("a", [])], 1), token));

        await using var test = await TestWorker.StartAsync(new JobHandlerMap().With<Unit, string>("a", (_, _, _) => Task.FromResult("alive")), store: store);
        var run = (await test.Client.GetRunAsync(inserted.Run, token))!;
        Assert.True((await TestWorker.WaitAsync(run)).IsFinished);
        var late = await store.EndAsync([new JobEnding.Finish(zombie.Lease, "\"zombie\"")], token);
        Assert.False(Assert.Single(late).Accepted);
        var job = await test.JobAsync(run);
        Assert.Equal(("\"alive\"", 1), (job.Result, job.Losses));
        await test.Worker.StopAsync(token);
        Assert.NotEmpty(test.Log.Of(31));
    }

    [Fact]
    public async Task A_job_that_kills_every_worker_fails_as_worker_lost_and_is_reported()
    {
        var store = new InMemoryJobStore();
        var token = TestContext.Current.CancellationToken;
        var inserted = await store.InsertAsync(JobGraph.Of(new Job("poison")), token);
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("other", (_, _) => Task.CompletedTask), store: store);
        for (var loss = 0; loss < 3; loss++)
        {
            // Each worker dies the moment it holds the job: its lease time is over at once.
            IReadOnlyList<ReservedJob> held;
            do
            {
                var victim = WorkerId.New();
                await store.RegisterWorkerAsync(new WorkerRegistration(victim, "victim", TimeSpan.FromMilliseconds(1)), token);
                held = await store.ReserveAsync(new ReserveRequest(victim, [new ReserveType("poison", [])], 1), token);
            }
            while (held.Count == 0);
        }

        var run = (await test.Client.GetRunAsync(inserted.Run, token))!;
        await TestWorker.WaitAsync(run);
        await test.Worker.StopAsync(token);
        var job = await test.JobAsync(run);
        Assert.Equal((JobStatus.Failed, JobReason.WorkerLost, 3), (job.Status, job.Reason, job.Losses));
        Assert.Equal(JobReason.WorkerLost, Assert.Single(test.Reports.All).Reason);
    }

    [Fact]
    public async Task A_cancelled_job_ends_at_once_and_its_handler_is_told()
    {
        var started = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("long", async (_, cancellationToken) =>
        {
            started.SetResult();
            await using var registration = cancellationToken.Register(told.SetResult);
            await told.Task;
        }));
        var run = await test.InsertAsync(JobGraph.Of(new Job("long")));
        await started.Task;
        Assert.Equal(1, await run.CancelAsync(TestContext.Current.CancellationToken));
        var outcome = await TestWorker.WaitAsync(run);
        Assert.Equal((RunStatus.Aborted, JobReason.Cancelled), (outcome.Status, outcome.Problems[0].Reason));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(JobStatus.Aborted, (await test.JobAsync(run)).Status);
    }

    [Fact]
    public async Task A_callback_on_the_token_that_throws_is_logged_and_the_worker_goes_on()
    {
        var started = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        var handlers = TestWorker.Handle("rash", async (_, cancellationToken) =>
        {
            await using var calm = cancellationToken.Register(told.SetResult);
            await using var rash = cancellationToken.Register(() => throw new FormatException("rash"));
            started.SetResult();
            await told.Task;
        }).With("other", (_, _) => Task.CompletedTask);
        await using var test = await TestWorker.StartAsync(handlers);
        var run = await test.InsertAsync(JobGraph.Of(new Job("rash")));
        await started.Task;
        await run.CancelAsync(TestContext.Current.CancellationToken);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True((await test.RunAsync(new Job("other"))).IsFinished);
        await test.Log.WaitForAsync(24).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains("(rash)", Assert.Single(test.Log.Of(24)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_holds_up_its_own_slot_only()
    {
        var started = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var handlers = TestWorker.Handle("deaf", (_, _) =>
        {
            started.SetResult();
            return end.Task;
        }).With("other", (_, _) => Task.CompletedTask);
        await using var test = await TestWorker.StartAsync(handlers, options => options.Concurrency = 2);
        var deaf = await test.InsertAsync(JobGraph.Of(new Job("deaf")));
        await started.Task;
        await deaf.CancelAsync(TestContext.Current.CancellationToken);
        Assert.True((await test.RunAsync(JobGraph.Of(Enumerable.Range(0, 20).Select(_ => new Job("other"))))).IsFinished);
        end.SetResult();
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(JobReason.Cancelled, (await test.JobAsync(deaf)).Reason);
    }

    [Fact]
    public async Task Retry_failed_runs_what_failed_and_what_it_had_closed()
    {
        var broken = true;
        var runs = new List<string>();
        var handlers = TestWorker.Handle("good", (job, _) => Note(job))
            .With("bad", (job, _) => broken ? throw new FormatException() : Note(job))
            .With("next", (job, _) => Note(job));
        await using var test = await TestWorker.StartAsync(handlers);
        var run = await test.InsertAsync(JobGraph.FromTypes(new Dictionary<string, string[]> { ["good"] = [], ["bad"] = ["good"], ["next"] = ["bad"] }));
        Assert.Equal(RunStatus.Failed, (await TestWorker.WaitAsync(run)).Status);
        broken = false;
        Assert.Equal(2, await run.RetryFailedAsync(TestContext.Current.CancellationToken));
        Assert.True((await TestWorker.WaitAsync(run)).IsFinished);
        Assert.Equal(["good", "bad", "next"], runs);

        Task Note(JobContext job)
        {
            lock (runs) runs.Add(job.Type);
            return Task.CompletedTask;
        }
    }
}
