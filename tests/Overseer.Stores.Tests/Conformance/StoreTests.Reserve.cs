using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    [Fact]
    public async Task A_reserved_job_comes_with_all_that_is_needed_to_run_it()
    {
        var run = await InsertAsync(JobGraph.Of([Job.FromJson("a", """{"x":1}""", "mine")], key: "daily", name: "Daily"));
        var worker = await StartWorkerAsync();

        var job = Assert.Single(await ReserveAsync(worker, 5, "a"));

        Assert.Equal(new JobLease(run, 0, worker, 1), job.Lease);
        Assert.Equal(("mine", "a", "Daily", "daily"), (job.Id.Value, job.Type, job.Graph, job.RunKey));
        Assert.Equal((1, 0, """{"x":1}"""), (job.Attempt, job.Losses, job.Args));
        Assert.Empty(job.Inputs);
    }

    [Fact]
    public async Task A_reserved_job_is_started_by_its_worker()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync(label: "host:17");
        Clock.Advance(TimeSpan.FromSeconds(5));

        await StartAsync(worker, "a");

        var job = await JobAsync(run, 0);
        Assert.Equal((JobStatus.Started, 1, "host:17"), (job.Status, job.Attempt, job.Worker));
        Assert.Equal(Clock.GetUtcNow(), job.StartedAt);
        Assert.Equal(Clock.GetUtcNow() - TimeSpan.FromSeconds(5), job.Heartbeat);
        Assert.Null(job.FinishedAt);
    }

    [Fact]
    public async Task A_worker_without_a_label_is_shown_by_its_id()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync(label: "");

        await StartAsync(worker, "a");

        Assert.Equal(worker.ToString(), (await JobAsync(run, 0)).Worker);
    }

    [Fact]
    public async Task A_started_job_is_reserved_by_nobody_else()
    {
        await InsertAsync("a");
        await StartAsync(await StartWorkerAsync(), "a");

        Assert.Empty(await ReserveAsync(await StartWorkerAsync(), 10, "a"));
    }

    [Fact]
    public async Task No_job_is_reserved_twice_by_workers_that_reserve_at_once()
    {
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, 200).Select(_ => new Job("a"))));
        var workers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartWorkerAsync()));
        using var barrier = new Barrier(workers.Length);

        var reserved = await Task.WhenAll(workers.Select(worker => Task.Factory.StartNew(
            async () =>
            {
                barrier.SignalAndWait();
                var mine = new List<ReservedJob>();
                while (await ReserveAsync(worker, 7, "a") is { Count: > 0 } more) mine.AddRange(more);
                return mine;
            },
            TaskCreationOptions.LongRunning).Unwrap()));

        var numbers = reserved.SelectMany(jobs => jobs).Select(job => job.Lease.Job).ToList();
        Assert.Equal(Enumerable.Range(0, 200), numbers.Order());
    }

    [Fact]
    public async Task A_job_that_waits_for_a_dependency_is_not_reserved()
    {
        await InsertAsync("a", "b: a");

        Assert.Equal(["a"], (await ReserveAsync(await StartWorkerAsync(), 10, "a", "b")).Select(job => job.Type));
    }

    [Fact]
    public async Task Only_types_that_were_asked_for_are_reserved()
    {
        await InsertAsync("a", "b", "c");

        Assert.Equal(["a", "c"], (await ReserveAsync(await StartWorkerAsync(), 10, "c", "a")).Select(job => job.Type));
    }

    [Fact]
    public async Task Asking_for_no_type_or_no_job_gives_none()
    {
        await InsertAsync("a");
        var worker = await StartWorkerAsync();

        Assert.Empty(await ReserveAsync(worker, 10));
        Assert.Empty(await ReserveAsync(worker, 0, "a"));
    }

    [Fact]
    public async Task Never_more_jobs_are_reserved_than_asked_for()
    {
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, 20).Select(number => new Job(number % 2 == 0 ? "a" : "b"))));
        var worker = await StartWorkerAsync();

        Assert.Equal(3, (await ReserveAsync(worker, 3, "a", "b")).Count);
        Assert.Equal(7, (await PrefetchAsync(worker, 2, 5, "a", "b")).Count);
        Assert.Equal(10, (await PrefetchAsync(worker, 10, 10, "a", "b")).Count);
    }

    [Fact]
    public async Task The_longest_due_come_first_whatever_their_type()
    {
        foreach (var type in new[] { "b", "a", "c", "a" })
        {
            await InsertAsync(type);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var worker = await StartWorkerAsync();

        Assert.Equal(["b", "a", "c"], (await ReserveAsync(worker, 3, "a", "b", "c")).Select(job => job.Type));
        Assert.Equal([4], (await ReserveAsync(worker, 3, "a", "b", "c")).Select(job => job.Lease.Run.Number));
    }

    [Fact]
    public async Task A_job_is_not_reserved_before_its_time()
    {
        await InsertAsync(JobGraph.Of(new Job("a") { RunAt = Clock.GetUtcNow() + TimeSpan.FromMinutes(1) }));
        var worker = await StartWorkerAsync();

        Clock.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.Empty(await ReserveAsync(worker, 1, "a"));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Single(await ReserveAsync(worker, 1, "a"));
    }

    [Fact]
    public async Task A_worker_that_is_not_known_reserves_nothing()
    {
        await InsertAsync("a");

        Assert.Empty(await ReserveAsync(WorkerId.New(), 1, "a"));
    }

    [Fact]
    public async Task A_worker_that_was_taken_for_dead_reserves_nothing()
    {
        await InsertAsync("a");
        var worker = await StartWorkerAsync();
        await LoseAsync(worker);

        Assert.Empty(await ReserveAsync(worker, 1, "a"));
    }

    [Fact]
    public async Task A_retired_worker_reserves_nothing()
    {
        await InsertAsync("a");
        var worker = await StartWorkerAsync();
        await Store.RetireWorkerAsync(worker);

        Assert.Empty(await ReserveAsync(worker, 1, "a"));
    }

    [Fact]
    public async Task The_results_of_the_dependencies_asked_for_come_along()
    {
        await InsertAsync("a", "b", "c", "d: a, b, c");
        await RunAsync("a", lease => FinishAsync(lease, """{"rows":3}"""));
        await RunAsync("b", lease => FinishAsync(lease));
        await RunAsync("c", lease => FinishAsync(lease, "7"));
        var worker = await StartWorkerAsync();

        var job = Assert.Single(await Store.ReserveAsync(new ReserveRequest(worker, [new ReserveType("d", ["a", "b", "z"])], 1)));

        Assert.Equal(new Dictionary<string, string?> { ["a"] = """{"rows":3}""", ["b"] = null }, job.Inputs);
    }

    [Fact]
    public async Task Of_several_dependencies_of_one_type_no_result_comes_along()
    {
        var builder = new JobGraphBuilder("Test");
        var (first, second, other) = (builder.Add(new Job("a")), builder.Add(new Job("a")), builder.Add(new Job("b")));
        builder.Add(new Job("c"), first, second, other);
        await Store.InsertAsync(builder.Build());
        await RunAsync("a", lease => FinishAsync(lease, "1"));
        await RunAsync("a", lease => FinishAsync(lease, "2"));
        await RunAsync("b", lease => FinishAsync(lease, "3"));
        var worker = await StartWorkerAsync();

        var job = Assert.Single(await Store.ReserveAsync(new ReserveRequest(worker, [new ReserveType("c", ["a", "b"])], 1)));

        Assert.Equal(new Dictionary<string, string?> { ["b"] = "3" }, job.Inputs);
    }

    [Fact]
    public async Task Every_reserve_raises_the_lease_number_and_nothing_lowers_it()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();
        async Task<long> NextAsync() => (await StartAsync(worker, "a")).Number;
        JobLease Lease(long number) => new(run, 0, worker, number);

        Assert.Equal(1, await NextAsync());
        await EndAsync(new JobEnding.Release(Lease(1)));
        Assert.Equal(2, await NextAsync());
        await SnoozeAsync(Lease(2), TimeSpan.Zero);
        Assert.Equal(3, await NextAsync());
        await FailAsync(Lease(3));
        await Store.RetryFailedAsync(run);
        Assert.Equal(4, await NextAsync());
        await LoseAsync(worker);
        worker = await StartWorkerAsync();
        Assert.Equal(5, await NextAsync());
        await Store.CancelRunAsync(run);
        await Store.RetryFailedAsync(run);
        Assert.Equal(6, await NextAsync());
        await Store.RetireWorkerAsync(worker);
        worker = await StartWorkerAsync();
        Assert.Equal(7, await NextAsync());
    }

    [Fact]
    public async Task A_worker_holds_at_most_one_job_with_losses()
    {
        await InsertJobsWithLossesAsync(3);
        var worker = await StartWorkerAsync();

        var first = Assert.Single(await ReserveAsync(worker, 10, "risky"));
        Assert.Equal(1, first.Losses);
        Assert.Empty(await ReserveAsync(worker, 10, "risky"));
        Assert.Single(await ReserveAsync(await StartWorkerAsync(), 10, "risky"));

        await FinishAsync(first.Lease);
        Assert.Single(await ReserveAsync(worker, 10, "risky"));
    }

    [Fact]
    public async Task Nothing_is_prefetched_together_with_a_job_with_losses()
    {
        await InsertJobsWithLossesAsync(1);
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, 10).Select(_ => new Job("calm"))));

        var reserved = await PrefetchAsync(await StartWorkerAsync(), 3, 100, "risky", "calm");

        Assert.Equal(["risky", "calm", "calm"], reserved.Select(job => job.Type));
    }

    [Fact]
    public async Task A_job_with_losses_fills_the_only_slot_alone()
    {
        await InsertJobsWithLossesAsync(1);
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, 10).Select(_ => new Job("calm"))));

        Assert.Equal(["risky"], (await PrefetchAsync(await StartWorkerAsync(), 1, 100, "risky", "calm")).Select(job => job.Type));
    }

    [Fact]
    public async Task Nothing_is_prefetched_while_a_job_with_losses_is_held()
    {
        await InsertJobsWithLossesAsync(1);
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, 10).Select(_ => new Job("calm"))));
        var worker = await StartWorkerAsync();
        await StartAsync(worker, "risky");

        Assert.Equal(2, (await PrefetchAsync(worker, 2, 100, "calm")).Count);
    }

    [Fact]
    public async Task A_job_with_losses_is_never_prefetched_and_its_turn_is_kept_until_a_slot_is_free()
    {
        await InsertAsync("calm");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await InsertJobsWithLossesAsync(1);
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, 10).Select(_ => new Job("calm"))));
        var worker = await StartWorkerAsync();

        Assert.Single(await PrefetchAsync(worker, 1, 100, "risky", "calm"));
        Assert.Empty(await PrefetchAsync(worker, 0, 100, "risky", "calm"));
        Assert.Equal(["risky", "calm"], (await PrefetchAsync(worker, 2, 100, "risky", "calm")).Select(job => job.Type));
    }

    [Fact]
    public async Task A_job_without_losses_that_is_longer_due_comes_before_one_with_losses()
    {
        await InsertAsync(JobGraph.Of(new Job("calm"), new Job("calm")));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await InsertJobsWithLossesAsync(1);

        Assert.Equal(["calm", "calm"], (await PrefetchAsync(await StartWorkerAsync(), 2, 0, "risky", "calm")).Select(job => job.Type));
        Assert.Equal(["risky"], (await PrefetchAsync(await StartWorkerAsync(), 2, 0, "risky", "calm")).Select(job => job.Type));
    }

    private async Task InsertJobsWithLossesAsync(int count)
    {
        await InsertAsync(JobGraph.Of(Enumerable.Range(0, count).Select(_ => new Job("risky"))));
        var worker = await StartWorkerAsync();
        Assert.Equal(count, (await ReserveAsync(worker, count, "risky")).Count);
        Assert.Equal(count, (await LoseAsync(worker)).Jobs.Count);
    }
}
