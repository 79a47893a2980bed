using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Overseer.Stores;
using Xunit;

namespace Overseer.Tests.Worker;

/// <summary>What a worker asks for, looked at before the store answers.</summary>
public sealed class ReserverTests
{
    [Fact]
    public void Free_slots_are_asked_for_and_nothing_more_before_anything_is_known() => Assert.Equal((4, 0), Asked(new Setting()));

    [Fact]
    public void Fast_handlers_are_worth_a_prefetch_of_a_tenth_of_a_second() =>
        Assert.Equal((4, 40), Asked(new Setting { Attempt = TimeSpan.FromMilliseconds(10) }));

    [Fact]
    public void Slow_handlers_are_not() => Assert.Equal((4, 0), Asked(new Setting { Attempt = TimeSpan.FromMilliseconds(51) }));

    [Fact]
    public void The_prefetch_has_a_limit() => Assert.Equal((4, 500), Asked(new Setting { Attempt = TimeSpan.FromTicks(1) }));

    [Fact]
    public void Nothing_is_prefetched_while_a_job_with_losses_is_held() =>
        Assert.Equal((4, 0), Asked(new Setting { Attempt = TimeSpan.FromMilliseconds(10), Losses = 1 }));

    [Fact]
    public void Nothing_is_reserved_while_leases_are_in_doubt() => Assert.Null(Asked(new Setting { InDoubt = true }));

    [Fact]
    public void Nothing_is_reserved_while_too_many_endings_wait_for_the_store() => Assert.Null(Asked(new Setting { Held = 2000 }));

    [Fact]
    public void Jobs_that_have_not_ended_do_not_count_as_endings_that_wait() =>
        Assert.Equal((500, 0), Asked(new Setting { Concurrency = 3000, Held = 2500, Buffered = 2500 }));

    [Fact]
    public async Task Nothing_is_prefetched_for_a_slot_whose_attempt_has_become_slow()
    {
        var clock = new FakeTimeProvider();
        var (begun, ends) = (new SemaphoreSlim(0), new TaskCompletionSource());
        var handlers = TestWorker.Handle("a", (_, _) =>
        {
            begun.Release();
            return ends.Task;
        });
        var parts = Parts(handlers, clock, concurrency: 4);
        parts.Pace.Record(TimeSpan.FromMilliseconds(10));
        var buffer = Channel.CreateUnbounded<HeldJob>();
        var slots = new Slots(parts, buffer.Reader, new EndingWriter(parts, new ReportQueue([], NullLogger.Instance)));
        var reserver = new Reserver(parts, slots, buffer.Writer);
        var loops = slots.RunAsync();

        await StartAsync(0, 1);
        Assert.Equal((3, 40), Request());
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await StartAsync(1, 3);
        Assert.Equal((0, 40), Request());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((0, 30), Request());
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Null(Request());

        ends.SetResult();
        buffer.Writer.Complete();
        await loops;
        Assert.Equal(4, slots.CountQuick());

        (int, int)? Request() => reserver.NextRequest() is { } request ? (request.Slots, request.Prefetch) : null;

        async Task StartAsync(int from, int count)
        {
            for (var i = from; i < from + count; i++)
            {
                slots.Expect();
                buffer.Writer.TryWrite(Hold(parts, i, 0));
                await begun.WaitAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    private static (int Slots, int Prefetch)? Asked(Setting setting)
    {
        var parts = Parts(TestWorker.Handle("a", (_, _) => Task.CompletedTask), TimeProvider.System, setting.Concurrency);
        if (setting.Attempt > TimeSpan.Zero) parts.Pace.Record(setting.Attempt);
        for (var i = 0; i < setting.Held; i++) Hold(parts, i, 0);
        if (setting.Losses > 0) Hold(parts, -1, setting.Losses);
        if (setting.InDoubt) parts.Book.Doubt();
        var buffer = Channel.CreateUnbounded<HeldJob>();
        var slots = new Slots(parts, buffer.Reader, new EndingWriter(parts, new ReportQueue([], NullLogger.Instance)));
        for (var i = 0; i < setting.Buffered; i++) slots.Expect();
        return new Reserver(parts, slots, buffer.Writer).NextRequest() is { } request ? (request.Slots, request.Prefetch) : null;
    }

    private static WorkerParts Parts(JobHandlerMap handlers, TimeProvider clock, int concurrency) => new(
        new InMemoryJobStore(), handlers, NoServices.Instance, TestWorker.Options(options => options.Concurrency = concurrency), clock, NullLogger.Instance, new LeaseBook(clock, WorkerProcess.This, NullLogger.Instance),
            WorkerProcess.This);

    private static HeldJob Hold(WorkerParts parts, int number, int losses) =>
        parts.Book.Hold(new ReservedJob(new JobLease(new RunId(1), number, parts.Book.Worker, 1), new JobId("x"), "a", "G", null, 1, losses, null, new Dictionary<string, string?>()));

    private sealed record Setting
    {
        public TimeSpan Attempt { get; init; }

        public int Losses { get; init; }

        public bool InDoubt { get; init; }

        public int Held { get; init; }

        public int Buffered { get; init; }

        public int Concurrency { get; init; } = 4;
    }
}
