using Overseer.Stores;
using Xunit;

namespace Overseer.Tests.Worker;

public sealed class EndingWriterTests
{
    [Fact]
    public async Task A_record_that_fails_for_a_passing_reason_is_tried_again()
    {
        var failures = 2;
        var store = new HookedStore(new InMemoryJobStore()) { Transient = error => error is TimeoutException };
        store.BeforeEnd = _ => failures-- > 0 ? throw new TimeoutException() : Task.CompletedTask;
        var runs = 0;
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.FromResult(++runs)), store: store);
        Assert.True((await test.RunAsync(new Job("a"))).IsFinished);
        Assert.Equal((1, 2), (runs, test.Log.Of(11).Count()));
    }

    [Fact]
    public async Task A_finish_whose_answer_was_lost_is_not_run_again()
    {
        var failures = 1;
        var store = new HookedStore(new InMemoryJobStore()) { Transient = error => error is TimeoutException };
        store.AfterEnd = _ => failures-- > 0 ? throw new TimeoutException() : Task.CompletedTask;
        var runs = 0;
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.FromResult(++runs)), store: store);
        Assert.True((await test.RunAsync(new Job("a"))).IsFinished);
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, runs);
        Assert.Empty(test.Log.Of(14));
    }

    [Fact]
    public async Task A_failure_whose_answer_was_lost_is_reported_once()
    {
        var failures = 1;
        var store = new HookedStore(new InMemoryJobStore()) { Transient = error => error is TimeoutException };
        store.AfterEnd = _ => failures-- > 0 ? throw new TimeoutException() : Task.CompletedTask;
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => throw new FormatException()), store: store);
        await test.RunAsync(new Job("a"));
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.Single(test.Reports.All);
    }

    [Fact]
    public async Task One_bad_ending_leaves_its_neighbours_alone()
    {
        // All endings are held back until every handler has ended, so that they come as one batch.
        var all = new CountdownEvent(8);
        var store = new HookedStore(new InMemoryJobStore());
        store.BeforeEnd = async endings =>
        {
            await Task.Run(all.Wait);
            if (endings.OfType<JobEnding.Finish>().Any(finish => finish.Result == "3")) throw new InvalidDataException("cannot store 3");
        };
        var handlers = new JobHandlerMap().With<int, int>("number", (_, args, _) =>
        {
            all.Signal();
            return Task.FromResult(args);
        });
        await using var test = await TestWorker.StartAsync(handlers, options => options.Concurrency = 8, store);
        var outcome = await test.RunAsync(JobGraph.Of(Enumerable.Range(0, 8).Select(i => Job.Create("number", i))));
        Assert.Equal((7, 1), (outcome.Run.Finished, outcome.Run.Failed));
        Assert.Equal(("3", JobReason.ResultRejected), (outcome.Problems[0].Args, outcome.Problems[0].Reason));
        Assert.Contains("InvalidDataException", outcome.Problems[0].Failure!.Message, StringComparison.Ordinal);
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(test.Log.Of(12));
    }

    [Fact]
    public async Task An_ending_that_the_store_never_takes_does_not_hold_up_the_others()
    {
        var store = new HookedStore(new InMemoryJobStore());
        var refused = new TaskCompletionSource();
        store.BeforeEnd = endings =>
        {
            if (endings.All(ending => ending.Lease.Job != 0)) return Task.CompletedTask;
            if (endings is [JobEnding.Fail]) refused.TrySetResult();
            throw new InvalidDataException("never");
        };
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask), options => options.Concurrency = 1, store);
        var bad = await test.InsertAsync(JobGraph.Of(new Job("a")));
        await refused.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var good = await test.InsertAsync(JobGraph.Of(Enumerable.Range(0, 3).Select(_ => new Job("a"))));
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(JobStatus.Started, (await test.JobAsync(good, 1)).Status);
        Assert.Equal(JobStatus.Unstarted, (await test.JobAsync(bad)).Status);
    }

    [Fact]
    public async Task Endings_that_arrive_while_another_is_recorded_go_together()
    {
        var sizes = new List<int>();
        var ended = new CountdownEvent(5);
        var store = new HookedStore(new InMemoryJobStore())
        {
            BeforeEnd = endings =>
            {
                sizes.Add(endings.Count);
                return Task.Run(ended.Wait);
            },
        };
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("a", (_, _) => Task.FromResult(ended.Signal())), options => options.Concurrency = 5, store);
        Assert.True((await test.RunAsync(JobGraph.Of(Enumerable.Range(0, 5).Select(_ => new Job("a"))))).IsFinished);
        Assert.Equal(5, sizes.Sum());
        Assert.InRange(sizes.Count, 1, 2 + 4);
        Assert.True(sizes.Count < 5 || sizes[0] > 1, "Nothing was batched.");
    }

    [Fact]
    public async Task A_reserve_that_fails_is_tried_again()
    {
        var failures = 3;
        var store = new HookedStore(new InMemoryJobStore()) { BeforeReserve = () => failures-- > 0 ? throw new TimeoutException() : Task.CompletedTask };
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask), store: store);
        Assert.True((await test.RunAsync(new Job("a"))).IsFinished);
        Assert.Equal(3, test.Log.Of(10).Count());
    }

    [Fact]
    public async Task A_worker_that_stops_while_the_store_is_away_gives_up_in_the_end()
    {
        var store = new HookedStore(new InMemoryJobStore()) { Transient = _ => true, BeforeEnd = _ => throw new TimeoutException() };
        var done = new TaskCompletionSource();
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("a", (_, _) =>
            {
                done.SetResult();
                return Task.CompletedTask;
            }),
            store: store);
        await test.InsertAsync(JobGraph.Of(new Job("a")));
        await done.Task;
        await test.Worker.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Single(test.Log.Of(15));
    }
}
