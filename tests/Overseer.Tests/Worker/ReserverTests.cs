using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
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

    private static (int Slots, int Prefetch)? Asked(Setting setting)
    {
        var clock = TimeProvider.System;
        var store = new InMemoryJobStore();
        var parts = new WorkerParts(
            store, TestWorker.Handle("a", (_, _) => Task.CompletedTask), NoServices.Instance, TestWorker.Options(options => options.Concurrency = setting.Concurrency), clock, NullLogger.Instance, new LeaseBook(clock));
        if (setting.Attempt > TimeSpan.Zero) parts.Pace.Record(setting.Attempt);
        for (var i = 0; i < setting.Held; i++) Hold(parts, i, 0);
        if (setting.Losses > 0) Hold(parts, -1, setting.Losses);
        if (setting.InDoubt) parts.Book.Doubt();
        var buffer = Channel.CreateUnbounded<HeldJob>();
        var slots = new Slots(parts, buffer.Reader, new EndingWriter(parts, new ReportQueue([], NullLogger.Instance)));
        for (var i = 0; i < setting.Buffered; i++) slots.Expect();
        return new Reserver(parts, slots, buffer.Writer).NextRequest() is { } request ? (request.Slots, request.Prefetch) : null;
    }

    private static void Hold(WorkerParts parts, int number, int losses) =>
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
