using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Overseer.Stores;
using Xunit;

namespace Overseer.Tests.Worker;

/// <summary>Jobs that a worker holds ready must not become hostages of those it runs.</summary>
public sealed class PrefetchTests
{
    [Fact]
    public async Task What_waits_behind_slow_handlers_is_done_by_other_workers()
    {
        var token = TestContext.Current.CancellationToken;
        var end = new TaskCompletionSource();
        var store = new InMemoryJobStore();
        var fast = TestWorker.Handle("fast", (_, _) => Task.CompletedTask);
        var both = fast.With("slow", (_, _) => end.Task);
        var client = new OverseerClient(store, both);
        IEnumerable<Job> Fast() => Enumerable.Range(0, 400).Select(_ => new Job("fast"));
        await client.TransactAsync(JobGraph.Of(Fast().Concat([new Job("slow"), new Job("slow")])), token);
        var behind = await client.TransactAsync(JobGraph.Of(Fast()), token);

        // Learns that its handlers are fast, reserves far ahead, and then has both slots taken.
        await using var first = await TestWorker.StartAsync(both, options => options.Concurrency = 2, store);
        var outcome = TestWorker.WaitAsync(behind);
        await using var second = await TestWorker.StartAsync(fast, store: store);

        Assert.True((await outcome).IsFinished);
        end.SetResult();
    }

    [Fact]
    public async Task Only_what_has_waited_for_more_than_a_second_is_given_back_and_none_of_it_is_counted()
    {
        var token = TestContext.Current.CancellationToken;
        var clock = new FakeTimeProvider();
        var store = new InMemoryJobStore(clock);
        var parts = new WorkerParts(
            store, TestWorker.Handle("a", (_, _) => Task.CompletedTask), NoServices.Instance, TestWorker.Options(), clock, NullLogger.Instance, new LeaseBook(clock, WorkerProcess.This, NullLogger.Instance),
            WorkerProcess.This);
        var buffer = Channel.CreateUnbounded<HeldJob>();
        var endings = new EndingWriter(parts, new ReportQueue([], NullLogger.Instance));
        var slots = new Slots(parts, buffer.Reader, endings);
        var giveBack = new GiveBack(parts, slots, buffer.Reader, endings);
        await store.RegisterWorkerAsync(new WorkerRegistration(parts.Book.Worker, "test", TimeSpan.FromHours(1)), token);
        var run = (await store.InsertAsync(JobGraph.Of(new Job("a"), new Job("a"), new Job("a")), token)).Run;

        await ReserveAsync(2);
        clock.Advance(TimeSpan.FromMilliseconds(500));
        await ReserveAsync(1);
        clock.Advance(TimeSpan.FromMilliseconds(500));
        giveBack.Look();
        Assert.Equal(3, slots.Buffered);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        giveBack.Look();

        Assert.Equal(1, slots.Buffered);
        endings.Complete();
        await endings.RunAsync(token);
        Assert.Equal(1, parts.Book.Count);
        Assert.Equal(
            [(JobStatus.Unstarted, 0, 0), (JobStatus.Unstarted, 0, 0), (JobStatus.Started, 1, 0)],
            (await store.ListJobsAsync(run, cancellationToken: token)).Select(job => (job.Status, job.Attempt, job.Losses)));

        async Task ReserveAsync(int count)
        {
            foreach (var job in await store.ReserveAsync(new ReserveRequest(parts.Book.Worker, [new ReserveType("a", [])], count), token))
            {
                slots.Expect();
                buffer.Writer.TryWrite(parts.Book.Hold(job));
            }
        }
    }
}
