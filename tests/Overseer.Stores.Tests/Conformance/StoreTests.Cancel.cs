using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    [Fact]
    public async Task Cancelling_a_run_aborts_what_is_unstarted_or_started_and_nothing_else()
    {
        var run = await InsertAsync("a", "b", "c: b", "d", "e", "f: e");
        var other = await InsertAsync("z");
        await RunAsync("a", lease => FinishAsync(lease));
        await RunAsync("d", lease => FailAsync(lease));
        await RunAsync("e", lease => AbortAsync(lease, JobReason.AbortSilent));
        var worker = await StartWorkerAsync();
        var lease = await StartAsync(worker, "b");
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, await Store.CancelRunAsync(run));

        Assert.Equal("finished aborted:cancelled aborted:cancelled failed:exception aborted:abort_silent aborted:dependency_aborted", await StatusesAsync(run));
        Assert.Equal([lease], (await Store.BeatAsync(worker, [lease])).Lost);
        var job = await JobAsync(run, 1);
        Assert.Equal(Clock.GetUtcNow(), job.FinishedAt);
        Assert.Null(job.Worker);
        Assert.Null(job.Failure);
        Assert.Equal("unstarted", await StatusesAsync(other));
        Assert.Equal(0, await Store.CancelRunAsync(run));
        Assert.Equal(0, await Store.CancelRunAsync(new RunId(999)));
    }

    [Fact]
    public async Task Cancelling_a_job_revokes_its_lease_and_closes_its_dependents()
    {
        var run = await InsertAsync("a", "b: a", "c");
        var worker = await StartWorkerAsync();
        var lease = await StartAsync(worker, "a");

        Assert.True(await Store.CancelJobAsync(JobId.For(run, 0)));

        Assert.Equal("aborted:cancelled aborted:dependency_aborted unstarted", await StatusesAsync(run));
        Assert.Equal([lease], (await Store.BeatAsync(worker, [lease])).Lost);
        Assert.Equal((RunStatus.Active, 2), ((await RunAsync(run)).Status, (await RunAsync(run)).Aborted));
    }

    [Fact]
    public async Task A_cancelled_job_that_was_unstarted_is_not_reserved()
    {
        await InsertAsync(JobGraph.Of(Job.FromJson("a", null, "mine")));

        Assert.True(await Store.CancelJobAsync(new JobId("mine")));

        Assert.Empty(await ReserveAsync(await StartWorkerAsync(), 1, "a"));
    }

    [Fact]
    public async Task A_job_that_has_ended_or_is_not_there_is_not_cancelled()
    {
        var run = await InsertAsync("a", "b", "c: b");
        await RunAsync("a", lease => FinishAsync(lease));
        await RunAsync("b", lease => FailAsync(lease));

        Assert.False(await Store.CancelJobAsync(JobId.For(run, 0)));
        Assert.False(await Store.CancelJobAsync(JobId.For(run, 1)));
        Assert.False(await Store.CancelJobAsync(JobId.For(run, 2)));
        Assert.False(await Store.CancelJobAsync(JobId.For(run, 3)));
        Assert.False(await Store.CancelJobAsync(JobId.For(new RunId(99), 0)));
        Assert.False(await Store.CancelJobAsync(new JobId("nobody")));
        Assert.False(await Store.CancelJobAsync(default));
        Assert.Equal("finished failed:exception aborted:dependency_failed", await StatusesAsync(run));
    }

    [Fact]
    public async Task Retrying_reopens_what_failed_or_was_aborted_and_all_that_it_closed()
    {
        var run = await InsertAsync("a", "b: a", "c: b", "d", "e: d", "f", "g", "h");
        await RunAsync("a", lease => FailAsync(lease));
        await RunAsync("d", lease => AbortAsync(lease, JobReason.AbortSilent));
        await Store.CancelJobAsync(JobId.For(run, 5));
        await RunAsync("g", lease => FinishAsync(lease, "1"));
        await StartAsync(await StartWorkerAsync(), "h");
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(6, await Store.RetryFailedAsync(run));

        Assert.Equal("unstarted unstarted unstarted unstarted unstarted unstarted finished started", await StatusesAsync(run));
        var retried = await RunAsync(run);
        Assert.Equal((RunStatus.Active, 1, 0, 0), (retried.Status, retried.Finished, retried.Failed, retried.Aborted));
        Assert.All((await Store.ListJobsAsync(run, limit: 6)), job =>
        {
            Assert.Null(job.Failure);
            Assert.Null(job.FinishedAt);
            Assert.Equal((0, 0), (job.Attempt, job.Losses));
            Assert.Equal(Clock.GetUtcNow(), job.RunAt);
        });
        Assert.Equal("1", (await JobAsync(run, 6)).Result);
    }

    [Fact]
    public async Task Retrying_keeps_the_time_that_a_job_waits_for()
    {
        var tomorrow = Clock.GetUtcNow() + TimeSpan.FromDays(1);
        var builder = new JobGraphBuilder("Later");
        var now = builder.Add(new Job("now"));
        builder.Add(new Job("later") { RunAt = tomorrow });
        builder.Add(new Job("closed") { RunAt = tomorrow }, now);
        var run = await InsertAsync(builder.Build());
        await RunAsync("now", lease => FailAsync(lease));
        await Store.CancelJobAsync(JobId.For(run, 1));
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(3, await Store.RetryFailedAsync(run));

        Assert.Equal([Clock.GetUtcNow(), tomorrow, tomorrow], (await Store.ListJobsAsync(run)).Select(job => job.RunAt));
        Assert.Empty(await ReserveAsync(await StartWorkerAsync(), 1, "later"));
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Single(await ReserveAsync(await StartWorkerAsync(), 1, "later"));
    }

    [Fact]
    public async Task A_retried_run_can_be_run_to_its_end()
    {
        var run = await InsertAsync("a", "b: a", "c: a, b");
        await RunAsync("a", lease => FailAsync(lease));
        Assert.NotNull((await RunAsync(run)).FinishedAt);

        await Store.RetryFailedAsync(run);
        Assert.Null((await RunAsync(run)).FinishedAt);
        foreach (var type in new[] { "a", "b", "c" }) await RunAsync(type, lease => FinishAsync(lease));

        Assert.Equal((RunStatus.Finished, 3), ((await RunAsync(run)).Status, (await RunAsync(run)).Finished));
    }

    [Fact]
    public async Task Retrying_starts_every_count_anew()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();
        for (var i = 0; i < 2; i++) await FaultAsync(await StartAsync(worker, "a"), TimeSpan.Zero, limit: 2);
        for (var i = 0; i < 2; i++) await SnoozeAsync(await StartAsync(worker, "a"), TimeSpan.Zero, limit: 2);
        await StartAsync(worker, "a");
        await LoseAsync(worker);
        worker = await StartWorkerAsync();
        await FailAsync(await StartAsync(worker, "a"));

        await Store.RetryFailedAsync(run);

        Assert.Equal(0, (await JobAsync(run, 0)).Losses);
        for (var i = 0; i < 2; i++) Assert.Equal(JobStatus.Unstarted, (await FaultAsync(await StartAsync(worker, "a"), TimeSpan.Zero, limit: 2)).Status);
        for (var i = 0; i < 2; i++) Assert.Equal(JobStatus.Unstarted, (await SnoozeAsync(await StartAsync(worker, "a"), TimeSpan.Zero, limit: 2)).Status);
        Assert.Equal((1, 0), Assert.Single(await ReserveAsync(worker, 1, "a")) is var job ? (job.Attempt, job.Losses) : default);
    }

    [Fact]
    public async Task The_lease_of_before_a_retry_is_stale_after_it()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();
        var before = await StartAsync(worker, "a");
        await Store.CancelRunAsync(run);
        await Store.RetryFailedAsync(run);
        Assert.Equal(EndAnswer.Stale, await FinishAsync(before));
        var lease = await StartAsync(worker, "a");

        Assert.Equal(EndAnswer.Stale, await FinishAsync(before));
        Assert.True((await FinishAsync(lease)).Accepted);
    }

    [Fact]
    public async Task A_run_without_failures_has_nothing_to_retry()
    {
        var run = await InsertAsync("a", "b");
        await RunAsync("a", lease => FinishAsync(lease));

        Assert.Equal(0, await Store.RetryFailedAsync(run));
        Assert.Equal(0, await Store.RetryFailedAsync(new RunId(77)));
        Assert.Equal("finished unstarted", await StatusesAsync(run));
    }

    [Fact]
    public async Task A_retry_keeps_what_a_job_that_is_trying_again_has_to_show()
    {
        var run = await InsertAsync(JobGraph.Of(new Job("a") { MaxAttempts = 3 }, new Job("b")));
        await RunAsync("a", lease => FailAsync(lease));
        await RunAsync("b", lease => FailAsync(lease));

        Assert.Equal(1, await Store.RetryFailedAsync(run));

        Assert.Equal((Boom, 1), ((await JobAsync(run, 0)).Failure, (await JobAsync(run, 0)).Attempt));
        Assert.Null((await JobAsync(run, 1)).Failure);
    }
}
