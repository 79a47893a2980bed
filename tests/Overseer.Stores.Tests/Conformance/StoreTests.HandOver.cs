using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    [Fact]
    public async Task A_finish_hands_over_what_it_made_ready()
    {
        var run = await InsertAsync("a", "b: a", "c: b");
        var worker = await StartWorkerAsync();
        var lease = await StartAsync(worker, "a");
        Clock.Advance(TimeSpan.FromSeconds(2));

        var ended = await FinishAndReserveAsync(lease, worker, slots: 5, "a", "b", "c");

        Assert.Equal([new EndAnswer(Accepted: true, JobStatus.Finished)], ended.Answers);
        var handed = Assert.Single(ended.HandedOver);
        Assert.Equal((new JobLease(run, 1, worker, 1), "b", 1, """{"of":"b"}""", "Test"), (handed.Lease, handed.Type, handed.Attempt, handed.Args, handed.Graph));
        Assert.Equal("finished started unstarted", await StatusesAsync(run));
        Assert.Equal((Clock.GetUtcNow(), Clock.GetUtcNow(), 1), (await JobAsync(run, 1)) is var job ? (job.StartedAt, job.RunAt, job.Attempt) : default);
        Assert.Empty(await ReserveAsync(await StartWorkerAsync(), 5, "a", "b", "c"));
        Assert.True((await FinishAsync(handed.Lease)).Accepted);
    }

    [Fact]
    public async Task What_was_handed_over_is_taken_back_from_a_dead_worker_and_released_by_one_that_retires()
    {
        var run = await InsertAsync("a", "b: a", "c: b");
        var worker = await StartWorkerAsync();
        await FinishAndReserveAsync(await StartAsync(worker, "a"), worker, slots: 1, "b");
        Assert.Equal([1], (await LoseAsync(worker)).Jobs.Select(job => job.Number));

        worker = await StartWorkerAsync();
        await FinishAndReserveAsync(await StartAsync(worker, "b"), worker, slots: 1, "c");
        await Store.RetireWorkerAsync(worker);

        Assert.Equal("finished finished unstarted", await StatusesAsync(run));
        Assert.Equal((1, 2), Assert.Single(await ReserveAsync(await StartWorkerAsync(), 1, "c")) is var job ? (job.Attempt, job.Lease.Number) : default);
    }

    [Fact]
    public async Task The_results_of_this_and_of_earlier_finishes_come_along()
    {
        await InsertAsync("a", "b", "c: a, b");
        var worker = await StartWorkerAsync();
        var (a, b) = (await StartAsync(worker, "a"), await StartAsync(worker, "b"));
        await FinishAsync(a, "1");

        var ended = await Store.EndAndReserveAsync([new JobEnding.Finish(b, "2")], new ReserveRequest(worker, [new ReserveType("c", ["a", "b"])], 1));

        Assert.Equal(new Dictionary<string, string?> { ["a"] = "1", ["b"] = "2" }, Assert.Single(ended.HandedOver).Inputs);
    }

    [Fact]
    public async Task No_more_is_handed_over_than_there_are_slots_and_the_rest_is_ready()
    {
        var builder = new JobGraphBuilder("Fan");
        var centre = builder.Add(new Job("centre"));
        for (var i = 0; i < 5; i++) builder.Add(new Job("ray"), centre);
        await InsertAsync(builder.Build());
        var worker = await StartWorkerAsync();

        var ended = await Store.EndAndReserveAsync(
            [new JobEnding.Finish(await StartAsync(worker, "centre"), null)], new ReserveRequest(worker, [new ReserveType("ray", [])], Slots: 2, Prefetch: 10));

        Assert.Equal([1, 2], ended.HandedOver.Select(job => job.Lease.Job));
        Assert.Equal([3, 4, 5], (await ReserveAsync(await StartWorkerAsync(), 10, "ray")).Select(job => job.Lease.Job));
    }

    [Fact]
    public async Task What_several_finishes_make_ready_together_is_handed_over_once()
    {
        await InsertAsync("a", "b", "c: a, b");
        var worker = await StartWorkerAsync();
        var leases = (await ReserveAsync(worker, 2, "a", "b")).Select(job => job.Lease);

        var ended = await Store.EndAndReserveAsync(
            [.. leases.Select(lease => new JobEnding.Finish(lease, null))], new ReserveRequest(worker, [new ReserveType("c", [])], 5));

        Assert.Equal(2, ended.Answers.Count(answer => answer.Accepted));
        Assert.Equal("c", Assert.Single(ended.HandedOver).Type);
    }

    [Fact]
    public async Task Only_the_types_that_were_asked_for_are_handed_over()
    {
        await InsertAsync("a", "b: a", "c: a");
        var worker = await StartWorkerAsync();

        var ended = await FinishAndReserveAsync(await StartAsync(worker, "a"), worker, slots: 5, "c");

        Assert.Equal(["c"], ended.HandedOver.Select(job => job.Type));
        Assert.Single(await ReserveAsync(worker, 5, "b"));
    }

    [Fact]
    public async Task Nothing_is_handed_over_before_its_time()
    {
        var builder = new JobGraphBuilder("Later");
        var first = builder.Add(new Job("a"));
        builder.Add(new Job("b") { RunAt = Clock.GetUtcNow() + TimeSpan.FromMinutes(1) }, first);
        var run = await InsertAsync(builder.Build());
        var worker = await StartWorkerAsync();

        Assert.Empty((await FinishAndReserveAsync(await StartAsync(worker, "a"), worker, slots: 5, "b")).HandedOver);

        Assert.Equal((0, JobStatus.Unstarted), (await JobAsync(run, 1)) is var job ? (job.WaitingOn, job.Status) : default);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await ReserveAsync(worker, 5, "b"));
    }

    [Fact]
    public async Task Ready_jobs_that_the_finishes_did_not_make_ready_are_not_handed_over()
    {
        await InsertAsync("a", "b: a");
        await InsertAsync("b");
        var worker = await StartWorkerAsync();

        var ended = await FinishAndReserveAsync(await StartAsync(worker, "a"), worker, slots: 5, "a", "b");

        Assert.Equal([1], ended.HandedOver.Select(job => job.Lease.Run.Number));
    }

    [Fact]
    public async Task A_worker_that_is_not_known_is_handed_nothing_and_what_it_would_have_got_is_ready()
    {
        await InsertAsync("a", "b: a");
        var worker = await StartWorkerAsync();

        Assert.Empty((await FinishAndReserveAsync(await StartAsync(worker, "a"), WorkerId.New(), slots: 5, "b")).HandedOver);

        Assert.Single(await ReserveAsync(worker, 5, "b"));
    }

    [Fact]
    public async Task A_stale_finish_hands_nothing_over()
    {
        var run = await InsertAsync("a", "b: a");
        var worker = await StartWorkerAsync();
        var lease = await StartAsync(worker, "a");

        var ended = await FinishAndReserveAsync(lease with { Number = 9 }, worker, slots: 5, "b");

        Assert.Equal([EndAnswer.Stale], ended.Answers);
        Assert.Empty(ended.HandedOver);
        Assert.Equal("started unstarted", await StatusesAsync(run));
    }

    [Fact]
    public async Task A_finish_that_is_told_again_hands_nothing_over()
    {
        await InsertAsync("a", "b: a");
        var worker = await StartWorkerAsync();
        var lease = await StartAsync(worker, "a");
        Assert.Single((await FinishAndReserveAsync(lease, worker, slots: 5, "b")).HandedOver);

        var again = await FinishAndReserveAsync(lease, worker, slots: 5, "b");

        Assert.True(Assert.Single(again.Answers).Accepted);
        Assert.Empty(again.HandedOver);
    }

    [Fact]
    public async Task A_job_that_another_ending_closes_is_not_handed_over()
    {
        var run = await InsertAsync("a", "b", "c: a, b");
        var worker = await StartWorkerAsync();
        var (a, b) = (await StartAsync(worker, "a"), await StartAsync(worker, "b"));

        var ended = await Store.EndAndReserveAsync(
            [new JobEnding.Finish(a, null), new JobEnding.Fail(b, JobReason.Timeout, Boom)], new ReserveRequest(worker, [new ReserveType("c", [])], 5));

        Assert.Empty(ended.HandedOver);
        Assert.Equal("finished failed:timeout aborted:dependency_failed", await StatusesAsync(run));
    }

    [Fact]
    public async Task A_dependent_can_run_from_when_its_last_dependency_finished()
    {
        var run = await InsertAsync("a", "b", "c: a, b");
        var inserted = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync("a", lease => FinishAsync(lease));
        Assert.Equal(inserted, (await JobAsync(run, 2)).RunAt);

        Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync("b", lease => FinishAsync(lease));

        Assert.Equal(Clock.GetUtcNow(), (await JobAsync(run, 2)).RunAt);
    }

    private Task<EndedJobs> FinishAndReserveAsync(JobLease lease, WorkerId worker, int slots, params string[] types) =>
        Store.EndAndReserveAsync([new JobEnding.Finish(lease, null)], new ReserveRequest(worker, [.. types.Select(type => new ReserveType(type, []))], slots));
}
