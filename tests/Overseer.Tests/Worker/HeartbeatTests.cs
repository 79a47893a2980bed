using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Overseer.Stores;
using Xunit;

namespace Overseer.Tests.Worker;

/// <summary>The heartbeat's two steps, called by hand on a clock that stands still.</summary>
public sealed class HeartbeatTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly OverseerOptions options = TestWorker.Options(options =>
    {
        options.HeartbeatSleep = TimeSpan.FromSeconds(15);
        options.HeartbeatTolerance = 4;
    });

    [Fact]
    public async Task Handlers_are_cancelled_when_no_beat_lands_for_sixty_percent_of_the_lease_time()
    {
        var store = new HookedStore(new InMemoryJobStore(clock)) { BeforeBeat = () => throw new TimeoutException() };
        var parts = Parts(store);
        using var heartbeat = new Heartbeat(parts, _ => Task.CompletedTask, clock.GetTimestamp());
        var held = await HoldOneAsync(parts);

        clock.Advance(TimeSpan.FromSeconds(36));
        heartbeat.Beat();
        heartbeat.Watch();
        Assert.False(held.IsCancelled);

        clock.Advance(TimeSpan.FromSeconds(1));
        heartbeat.Watch();
        Assert.True(held.IsCancelled);
        Assert.False(held.IsLost);
        Assert.True(parts.Book.IsInDoubt);

        store.BeforeBeat = null;
        heartbeat.Beat();
        Assert.False(parts.Book.IsInDoubt);
    }

    [Fact]
    public async Task A_beat_whose_answer_comes_late_counts_from_when_it_was_sent()
    {
        var store = new HookedStore(new InMemoryJobStore(clock)) { BeforeBeat = () => clock.Advance(TimeSpan.FromSeconds(37)) };
        var parts = Parts(store);
        using var heartbeat = new Heartbeat(parts, _ => Task.CompletedTask, clock.GetTimestamp());
        var held = await HoldOneAsync(parts);

        heartbeat.Beat();
        heartbeat.Watch();
        Assert.True(held.IsCancelled);
        heartbeat.Beat();
        Assert.True(parts.Book.IsInDoubt);
    }

    [Fact]
    public async Task A_registration_whose_answer_comes_late_counts_from_when_it_was_sent()
    {
        var parts = Parts(new InMemoryJobStore(clock));
        var held = await HoldOneAsync(parts);
        var registered = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromSeconds(37));
        using var heartbeat = new Heartbeat(parts, _ => Task.CompletedTask, registered);
        heartbeat.Start();
        Assert.True(held.IsCancelled);
        Assert.True(parts.Book.IsInDoubt);
    }

    [Fact]
    public async Task A_landed_beat_keeps_handlers_going()
    {
        var parts = Parts(new InMemoryJobStore(clock));
        using var heartbeat = new Heartbeat(parts, _ => Task.CompletedTask, clock.GetTimestamp());
        var held = await HoldOneAsync(parts);
        for (var i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            heartbeat.Beat();
            heartbeat.Watch();
        }

        Assert.False(held.IsCancelled);
    }

    [Fact]
    public async Task A_worker_taken_for_dead_drops_every_lease_and_takes_a_new_id()
    {
        var store = new InMemoryJobStore(clock);
        var parts = Parts(store);
        var old = parts.Book.Worker;
        using var heartbeat = new Heartbeat(parts, cancellationToken => RegisterAsync(parts, cancellationToken), clock.GetTimestamp());
        var held = await HoldOneAsync(parts);

        clock.Advance(TimeSpan.FromSeconds(61));
        await store.SweepAsync(3, 100, TestContext.Current.CancellationToken);
        heartbeat.Beat();

        Assert.True(held.IsLost);
        Assert.True(held.IsCancelled);
        Assert.NotEqual(old, parts.Book.Worker);
        Assert.Single(await ReserveAsync(parts));
    }

    [Fact]
    public async Task A_job_reserved_under_an_id_that_died_meanwhile_does_not_start()
    {
        var parts = Parts(new InMemoryJobStore(clock));
        await RegisterAsync(parts, TestContext.Current.CancellationToken);
        await parts.Store.InsertAsync(JobGraph.Of(new Job("a")), TestContext.Current.CancellationToken);
        var reserved = Assert.Single(await ReserveAsync(parts));
        parts.Book.Renew();
        Assert.True(parts.Book.Hold(reserved).IsLost);
    }

    [Fact]
    public async Task A_worker_that_was_idle_when_it_was_taken_for_dead_is_woken_to_go_on()
    {
        var store = new InMemoryJobStore(clock);
        var parts = Parts(store);
        using var heartbeat = new Heartbeat(parts, cancellationToken => RegisterAsync(parts, cancellationToken), clock.GetTimestamp());
        await RegisterAsync(parts, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(61));
        heartbeat.Watch();
        await store.SweepAsync(3, 100, TestContext.Current.CancellationToken);
        var waiting = parts.Capacity.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        heartbeat.Beat();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(parts.Book.IsInDoubt);
    }

    [Fact]
    public async Task Every_lease_of_a_dead_id_is_dropped_with_it()
    {
        var parts = Parts(new InMemoryJobStore(clock));
        var held = await HoldOneAsync(parts);
        parts.Book.Renew();
        Assert.True(held.IsLost);
    }

    [Fact]
    public async Task A_job_whose_reserve_returns_while_leases_are_in_doubt_does_not_start()
    {
        var parts = Parts(new InMemoryJobStore(clock));
        parts.Book.Doubt();
        var held = await HoldOneAsync(parts);
        Assert.True(held.IsCancelled);
        Assert.False(held.IsLost);
    }

    [Fact]
    public async Task The_handler_of_a_cancelled_job_gets_its_token_cancelled_by_the_next_beat()
    {
        var parts = Parts(new InMemoryJobStore(clock));
        using var heartbeat = new Heartbeat(parts, _ => Task.CompletedTask, clock.GetTimestamp());
        var held = await HoldOneAsync(parts);
        heartbeat.Beat();
        Assert.False(held.IsCancelled);
        await parts.Store.CancelJobAsync(held.Job.Id, TestContext.Current.CancellationToken);
        heartbeat.Beat();
        Assert.True(held.IsLost);
        Assert.True(held.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task An_attempt_that_has_ended_is_not_lost_to_a_beat_that_overtook_its_record()
    {
        var parts = Parts(new InMemoryJobStore(clock));
        using var heartbeat = new Heartbeat(parts, _ => Task.CompletedTask, clock.GetTimestamp());
        var held = await HoldOneAsync(parts);
        held.End();
        await parts.Store.EndAsync([new JobEnding.Finish(held.Lease, null)], TestContext.Current.CancellationToken);
        heartbeat.Beat();
        Assert.False(held.IsLost);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_is_named_once()
    {
        var log = new LogLines();
        var parts = Parts(new InMemoryJobStore(clock)) with { Log = log };
        using var heartbeat = new Heartbeat(parts, _ => Task.CompletedTask, clock.GetTimestamp());
        var held = await HoldOneAsync(parts);
        held.Start();
        held.Cancel(clock.GetTimestamp());
        clock.Advance(TimeSpan.FromSeconds(29));
        heartbeat.Watch();
        Assert.Empty(log.Of(23));
        clock.Advance(TimeSpan.FromSeconds(1));
        heartbeat.Watch();
        heartbeat.Watch();
        Assert.Single(log.Of(23));
    }

    private WorkerParts Parts(IJobStore store) => new(
        store, TestWorker.Handle("a", (_, _) => Task.CompletedTask), NoServices.Instance, options, clock, NullLogger.Instance, new LeaseBook(clock, WorkerProcess.This, NullLogger.Instance),
            WorkerProcess.This);

    private static async Task<HeldJob> HoldOneAsync(WorkerParts parts)
    {
        await RegisterAsync(parts, TestContext.Current.CancellationToken);
        await parts.Store.InsertAsync(JobGraph.Of(new Job("a")), TestContext.Current.CancellationToken);
        return parts.Book.Hold(Assert.Single(await ReserveAsync(parts)));
    }

    private static Task RegisterAsync(WorkerParts parts, CancellationToken cancellationToken) =>
        parts.Store.RegisterWorkerAsync(new WorkerRegistration(parts.Book.Worker, "test", parts.Options.LeaseTime), cancellationToken);

    private static Task<IReadOnlyList<ReservedJob>> ReserveAsync(WorkerParts parts) =>
        parts.Store.ReserveAsync(new ReserveRequest(parts.Book.Worker, [new ReserveType("a", [])], 10), TestContext.Current.CancellationToken);
}
