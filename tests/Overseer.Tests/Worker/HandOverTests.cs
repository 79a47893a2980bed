using Xunit;

namespace Overseer.Tests.Worker;

/// <summary>When a worker takes what its own endings make ready at once, and when that waits for its turn.</summary>
public sealed class HandOverTests
{
    [Fact]
    public async Task What_a_finish_makes_ready_is_started_by_the_same_transaction_on_an_idle_worker()
    {
        var store = new HookedStore(new InMemoryJobStore());
        await using var worker = await TestWorker.StartAsync(Chain(_ => Task.CompletedTask), options => options.Concurrency = 2, store);
        await store.ReservedNothing.Task;

        var outcome = await worker.RunAsync(Pair());

        Assert.True(outcome.IsFinished);
        Assert.Equal([1], store.HandedOver);
    }

    [Fact]
    public async Task Behind_a_claim_that_was_full_nothing_is_handed_over()
    {
        var store = new HookedStore(new InMemoryJobStore());
        var (release, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = await TestWorker.StartAsync(Chain(_ => release.Task), options => options.Concurrency = 1, store);
        await store.ReservedNothing.Task;
        // More is ready than the worker has slots for, and the first ending comes before it has seen the rest.
        store.BeforeReserve = () => store.ReservedAll.Task.IsCompleted ? ended.Task : Task.CompletedTask;
        store.BeforeEnd = _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        var runs = new[] { await worker.InsertAsync(Pair()), await worker.InsertAsync(Pair()), await worker.InsertAsync(Pair()) };
        await store.ReservedAll.Task;
        release.SetResult();
        foreach (var run in runs) Assert.True((await TestWorker.WaitAsync(run)).IsFinished);

        Assert.Null(store.HandOvers[0]);
    }

    [Fact]
    public async Task A_worker_that_stops_takes_nothing_more()
    {
        var inner = new InMemoryJobStore();
        var store = new HookedStore(inner);
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var worker = await TestWorker.StartAsync(
            Chain(_ =>
            {
                begun.TrySetResult();
                return release.Task;
            }),
            options => options.Concurrency = 2,
            store);
        await store.ReservedNothing.Task;
        var run = await worker.InsertAsync(Pair());
        await begun.Task;
        var stop = worker.Worker.StopAsync(TestContext.Current.CancellationToken);
        release.SetResult();
        await stop;

        Assert.Empty(store.HandedOver);
        Assert.Equal([JobStatus.Finished, JobStatus.Unstarted], (await inner.ListJobsAsync(run.Id, cancellationToken: TestContext.Current.CancellationToken)).Select(job => job.Status));
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task No_more_is_handed_over_than_there_are_free_slots()
    {
        var store = new HookedStore(new InMemoryJobStore());
        await using var worker = await TestWorker.StartAsync(Chain(_ => Task.CompletedTask), options => options.Concurrency = 3, store);
        await store.ReservedNothing.Task;
        var builder = new JobGraphBuilder("Fan");
        var first = builder.Add(new Job("first"));
        for (var i = 0; i < 10; i++) builder.Add(new Job("second"), first);

        Assert.True((await worker.RunAsync(builder.Build())).IsFinished);

        Assert.Equal(3, store.HandedOver[0]);
    }

    private static JobHandlerMap Chain(Func<JobContext, Task> first) =>
        TestWorker.Handle("first", (job, _) => first(job)).With("second", (_, _) => Task.CompletedTask);

    private static JobGraph Pair()
    {
        var builder = new JobGraphBuilder("Pair");
        builder.Add(new Job("second"), builder.Add(new Job("first")));
        return builder.Build();
    }
}
