using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    [Fact]
    public async Task A_beat_keeps_a_worker_alive()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();
        var lease = await StartAsync(worker, "a");

        for (var i = 0; i < 5; i++)
        {
            Clock.Advance(LeaseTime);
            var answer = await Store.BeatAsync(worker, [lease]);
            Assert.True(answer.IsAlive);
            Assert.Empty(answer.Lost);
            Assert.Equal(new SweepAnswer(0, [], false), await Store.SweepAsync(3, 100), SameSweep);
        }

        Assert.Equal(Clock.GetUtcNow(), (await JobAsync(run, 0)).Heartbeat);
    }

    [Fact]
    public async Task A_beat_marks_no_worker_but_its_own()
    {
        await InsertAsync("a");
        var (worker, other) = (await StartWorkerAsync(), await StartWorkerAsync());
        await StartAsync(other, "a");

        Clock.Advance(LeaseTime);
        await Store.BeatAsync(worker, []);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Single((await Store.SweepAsync(3, 100)).Jobs);
        Assert.True((await Store.BeatAsync(worker, [])).IsAlive);
        Assert.False((await Store.BeatAsync(other, [])).IsAlive);
    }

    [Fact]
    public async Task A_beat_names_the_leases_that_are_no_longer_the_workers()
    {
        var run = await InsertAsync("a", "b", "c");
        var worker = await StartWorkerAsync();
        var (a, b, c) = (await StartAsync(worker, "a"), await StartAsync(worker, "b"), await StartAsync(worker, "c"));
        await Store.CancelJobAsync(JobId.For(run, 0));
        await EndAsync(new JobEnding.Release(b));
        await StartAsync(worker, "b");

        var answer = await Store.BeatAsync(worker, [a, b, c]);

        Assert.True(answer.IsAlive);
        Assert.Equal([a, b], answer.Lost);
    }

    [Fact]
    public async Task A_beat_never_brings_a_dead_worker_back()
    {
        await InsertAsync("a", "b");
        var worker = await StartWorkerAsync();
        var lease = await StartAsync(worker, "a");
        await LoseAsync(worker);

        for (var i = 0; i < 2; i++)
        {
            var answer = await Store.BeatAsync(worker, [lease]);
            Assert.False(answer.IsAlive);
            Assert.Equal([lease], answer.Lost);
        }

        Assert.Empty(await ReserveAsync(worker, 1, "a", "b"));
    }

    [Fact]
    public async Task A_registration_that_is_repeated_is_one_worker()
    {
        var worker = new WorkerRegistration(WorkerId.New(), "host:1", LeaseTime);
        await Store.RegisterWorkerAsync(worker);
        Clock.Advance(LeaseTime);
        await Store.RegisterWorkerAsync(worker);
        Clock.Advance(LeaseTime);

        Assert.Equal(0, (await Store.SweepAsync(3, 100)).DeadWorkers);
    }

    [Fact]
    public async Task A_retired_worker_gives_back_what_it_holds_and_nothing_is_counted()
    {
        var run = await InsertAsync("a", "b");
        var (worker, other) = (await StartWorkerAsync(), await StartWorkerAsync());
        var lease = await StartAsync(worker, "a");
        await StartAsync(other, "b");

        await Store.RetireWorkerAsync(worker);

        Assert.Equal("unstarted started", await StatusesAsync(run));
        var job = await JobAsync(run, 0);
        Assert.Equal((0, 0), (job.Attempt, job.Losses));
        Assert.Null(job.Worker);
        Assert.Equal(EndAnswer.Stale, await FinishAsync(lease));
        Assert.False((await Store.BeatAsync(worker, [])).IsAlive);
        Assert.Single(await ReserveAsync(other, 1, "a"));
    }

    [Fact]
    public async Task A_worker_is_dead_when_its_last_beat_is_older_than_its_own_lease_time_and_not_before()
    {
        var run = await InsertAsync("a", "b");
        var (patient, hasty) = (await StartWorkerAsync(TimeSpan.FromSeconds(60)), await StartWorkerAsync(TimeSpan.FromSeconds(10)));
        await StartAsync(patient, "a");
        await StartAsync(hasty, "b");

        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, (await Store.SweepAsync(3, 100)).DeadWorkers);

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var answer = await Store.SweepAsync(3, 100);

        Assert.Equal(1, answer.DeadWorkers);
        Assert.Equal("b", Assert.Single(answer.Jobs).Type);
        Assert.Equal("started unstarted", await StatusesAsync(run));
    }

    [Fact]
    public async Task A_job_that_is_taken_back_counts_a_loss_and_no_try()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();
        await StartAsync(worker, "a");

        var lost = Assert.Single((await LoseAsync(worker)).Jobs);

        Assert.Equal((JobStatus.Unstarted, 0, 1), (lost.Status, lost.Attempt, lost.Losses));
        var job = await JobAsync(run, 0);
        Assert.Equal((JobStatus.Unstarted, 0, 1), (job.Status, job.Attempt, job.Losses));
        Assert.Null(job.Worker);
        var again = Assert.Single(await ReserveAsync(await StartWorkerAsync(), 1, "a"));
        Assert.Equal((1, 1, 2), (again.Attempt, again.Losses, again.Lease.Number));
    }

    [Fact]
    public async Task A_job_is_taken_back_once()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();
        await StartAsync(worker, "a");
        await LoseAsync(worker);

        Assert.Empty((await Store.SweepAsync(3, 100)).Jobs);
        await StartAsync(await StartWorkerAsync(), "a");
        Assert.Empty((await Store.SweepAsync(3, 100)).Jobs);

        Assert.Equal(1, (await JobAsync(run, 0)).Losses);
        Assert.Equal("started", await StatusesAsync(run));
    }

    [Fact]
    public async Task A_job_fails_as_worker_lost_at_the_limit_of_losses_and_closes_its_dependents()
    {
        var run = await InsertAsync("a", "b: a");
        for (var losses = 1; losses <= 3; losses++)
        {
            Assert.Equal("unstarted unstarted", await StatusesAsync(run));
            var worker = await StartWorkerAsync();
            await StartAsync(worker, "a");
            var lost = Assert.Single((await LoseAsync(worker, lossLimit: 3)).Jobs);
            Assert.Equal(losses, lost.Losses);
        }

        Assert.Equal("failed:worker_lost aborted:dependency_failed", await StatusesAsync(run));
        var job = await JobAsync(run, 0);
        Assert.Equal((0, JobFailures.WorkerLost(3)), (job.Attempt, job.Failure));
        Assert.Equal((RunStatus.Failed, Clock.GetUtcNow()), ((await RunAsync(run)).Status, (await RunAsync(run)).FinishedAt));
    }

    [Fact]
    public async Task A_sweep_takes_back_a_page_and_says_that_there_is_more()
    {
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, 5).Select(_ => new Job("a"))));
        var worker = await StartWorkerAsync();
        Assert.Equal(5, (await ReserveAsync(worker, 5, "a")).Count);
        Clock.Advance(LeaseTime * 2);

        var pages = new List<SweepAnswer>();
        do pages.Add(await Store.SweepAsync(3, 2));
        while (pages[^1].HasMore);

        Assert.Equal([1, 0, 0], pages.Select(page => page.DeadWorkers));
        Assert.Equal([0, 1, 2, 3, 4], pages.SelectMany(page => page.Jobs).Select(job => job.Number));
        Assert.All(await ReserveEachAsync(5), job => Assert.Equal(1, job.Losses));
    }

    [Fact]
    public async Task Jobs_of_live_workers_do_not_fill_the_page_of_a_sweep()
    {
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, 6).Select(_ => new Job("a"))));
        var (alive, dead) = (await StartWorkerAsync(LeaseTime * 100), await StartWorkerAsync());
        await ReserveAsync(alive, 5, "a");
        await ReserveAsync(dead, 1, "a");
        Clock.Advance(LeaseTime * 2);

        Assert.Equal([5], (await Store.SweepAsync(3, 2)).Jobs.Select(job => job.Number));
    }

    [Fact]
    public async Task A_worker_whose_beat_came_late_but_before_the_sweep_is_alive()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();
        await StartAsync(worker, "a");
        Clock.Advance(LeaseTime * 10);

        Assert.True((await Store.BeatAsync(worker, [])).IsAlive);
        Assert.Equal(0, (await Store.SweepAsync(3, 100)).DeadWorkers);
        Assert.Equal("started", await StatusesAsync(run));
    }

    private async Task<List<ReservedJob>> ReserveEachAsync(int count)
    {
        var jobs = new List<ReservedJob>();
        for (var i = 0; i < count; i++) jobs.Add(Assert.Single(await ReserveAsync(await StartWorkerAsync(), 1, "a")));
        return jobs;
    }

    private static bool SameSweep(SweepAnswer x, SweepAnswer y) => x.DeadWorkers == y.DeadWorkers && x.Jobs.Count == y.Jobs.Count && x.HasMore == y.HasMore;
}
