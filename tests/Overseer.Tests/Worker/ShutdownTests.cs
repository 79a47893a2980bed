using Xunit;

namespace Overseer.Tests.Worker;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Running_handlers_finish_and_waiting_jobs_are_given_back_uncounted()
    {
        var started = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var token = CancellationToken.None;
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("a", (_, cancellationToken) =>
            {
                token = cancellationToken;
                started.TrySetResult();
                return end.Task;
            }),
            options => options.Concurrency = 1);
        var run = await test.InsertAsync(JobGraph.Of(new Job("a"), new Job("a")));
        await started.Task;
        var stop = test.Worker.StopAsync(TestContext.Current.CancellationToken);
        // Longer than a handler is given once it is cancelled: the drain time has to be waited for.
        await Assert.ThrowsAsync<TimeoutException>(() => stop.WaitAsync(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken));
        Assert.False(token.IsCancellationRequested);
        end.SetResult();
        await stop;
        Assert.Equal(JobStatus.Finished, (await test.JobAsync(run, 0)).Status);
        var second = await test.JobAsync(run, 1);
        Assert.Equal((JobStatus.Unstarted, 0, 0), (second.Status, second.Attempt, second.Losses));
        Assert.True(test.Worker.Completion.IsCompleted);
    }

    [Fact]
    public async Task After_the_drain_time_handlers_are_cancelled_and_their_jobs_given_back_uncounted()
    {
        var started = new TaskCompletionSource();
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("long", async (_, cancellationToken) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }),
            options => options.DrainTime = TimeSpan.Zero);
        var run = await test.InsertAsync(JobGraph.Of(new Job("long")));
        await started.Task;
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        var job = await test.JobAsync(run);
        Assert.Equal((JobStatus.Unstarted, 0, 0), (job.Status, job.Attempt, job.Losses));
        Assert.Empty(test.Reports.All);
        // The handler honoured its token, so nobody had to give up on it.
        Assert.Empty(test.Log.Of(23));
    }

    [Fact]
    public async Task A_stuck_handlers_job_is_given_back_and_its_late_end_changes_nothing()
    {
        var started = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var store = new InMemoryJobStore();
        var handlers = TestWorker.Handle("stuck", (_, _) =>
        {
            started.SetResult();
            return end.Task;
        });
        await using var test = await TestWorker.StartAsync(handlers, options => options.DrainTime = TimeSpan.Zero, store);
        var run = await test.InsertAsync(JobGraph.Of(new Job("stuck")));
        await started.Task;
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        var job = await test.JobAsync(run);
        Assert.Equal((JobStatus.Unstarted, 0), (job.Status, job.Attempt));
        Assert.NotEmpty(test.Log.Of(23));
        end.SetResult();
        Assert.Equal(JobStatus.Unstarted, (await test.JobAsync(run)).Status);
    }

    [Fact]
    public async Task A_second_worker_takes_over_what_was_given_back()
    {
        var started = new TaskCompletionSource();
        var store = new InMemoryJobStore();
        var first = await TestWorker.StartAsync(
            TestWorker.Handle("a", async (_, cancellationToken) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }),
            options => options.DrainTime = TimeSpan.Zero,
            store);
        var run = await first.InsertAsync(JobGraph.Of(new Job("a")));
        await started.Task;
        await first.Worker.StopAsync(TestContext.Current.CancellationToken);
        await using var second = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask), store: store);
        Assert.True((await TestWorker.WaitAsync(run)).IsFinished);
        Assert.Equal(1, (await second.JobAsync(run)).Attempt);
    }

    [Fact]
    public async Task A_reserve_that_fails_while_the_worker_stops_is_logged_and_the_stop_goes_on()
    {
        var reserving = new TaskCompletionSource();
        var fail = new TaskCompletionSource();
        var store = new HookedStore(new InMemoryJobStore())
        {
            BeforeReserve = async () =>
            {
                reserving.TrySetResult();
                await fail.Task;
                throw new IOException("gone");
            },
        };
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask), store: store);
        await reserving.Task;
        var stop = test.Worker.StopAsync(TestContext.Current.CancellationToken);
        fail.SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(test.Worker.Completion.IsCompleted);
        Assert.NotEmpty(test.Log.Of(10));
        Assert.NotEmpty(test.Log.Of(3));
    }

    [Fact]
    public async Task A_reserve_that_never_answers_does_not_keep_the_worker_from_stopping()
    {
        var reserving = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        var store = new HookedStore(new InMemoryJobStore())
        {
            BeforeReserve = () =>
            {
                reserving.TrySetResult();
                return answer.Task;
            },
        };
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask), store: store);
        var run = await test.InsertAsync(JobGraph.Of(new Job("a")));
        await reserving.Task;
        await test.Worker.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        answer.SetResult();
        Assert.Equal((JobStatus.Unstarted, 0), ((await test.JobAsync(run)).Status, (await test.JobAsync(run)).Losses));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_does_not_take_leave_does_not_keep_the_worker_from_stopping(bool holdsTheThread)
    {
        using var answer = new ManualResetEventSlim();
        var never = new TaskCompletionSource();
        var store = new HookedStore(new InMemoryJobStore())
        {
            BeforeRetire = () =>
            {
                if (holdsTheThread) answer.Wait(CancellationToken.None);
                return never.Task;
            },
        };
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask), store: store);
        await test.Worker.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Single(test.Log.Of(5));
        answer.Set();
        never.SetResult();
    }

    [Fact]
    public async Task A_beat_that_hangs_longer_than_the_stop_ends_quietly_when_it_returns()
    {
        var beating = new TaskCompletionSource<Thread>();
        using var answer = new ManualResetEventSlim();
        var store = new HookedStore(new InMemoryJobStore())
        {
            BeforeBeat = () =>
            {
                beating.TrySetResult(Thread.CurrentThread);
                answer.Wait(CancellationToken.None);
            },
        };
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask), store: store);
        var thread = await beating.Task;
        await test.Worker.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(thread.IsAlive);
        answer.Set();
        // An exception on this thread would end the process, and the tests with it.
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_later_stop_can_hurry_one_that_is_under_way()
    {
        var started = new TaskCompletionSource();
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("long", async (_, cancellationToken) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }),
            options => options.DrainTime = TimeSpan.FromHours(1));
        await test.InsertAsync(JobGraph.Of(new Job("long")));
        await started.Task;
        var first = test.Worker.StopAsync(TestContext.Current.CancellationToken);
        await test.Worker.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await first;
    }

    [Fact]
    public async Task A_failing_monitor_goes_on_by_default()
    {
        var failures = 2;
        var store = new HookedStore(new InMemoryJobStore());
        var recovered = new TaskCompletionSource();
        store.BeforeSweep = () =>
        {
            if (failures-- > 0) throw new TimeoutException();
            recovered.TrySetResult();
            return Task.CompletedTask;
        };
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask), store: store);
        await recovered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True((await test.RunAsync(new Job("a"))).IsFinished);
        Assert.Equal(2, test.Log.Of(30).Count());
    }

    [Fact]
    public async Task A_failing_monitor_stops_the_worker_where_that_is_asked_for()
    {
        var store = new HookedStore(new InMemoryJobStore()) { BeforeSweep = () => throw new TimeoutException() };
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("a", (_, _) => Task.CompletedTask), options => options.MonitorFailure = MonitorFailureAction.Shutdown, store);
        await test.Worker.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_reporter_that_hangs_delays_no_handler_and_no_stop_for_long()
    {
        var reporter = new HangingReporter();
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("bad", (_, _) => throw new FormatException()).With("good", (_, _) => Task.CompletedTask),
            register: services => services.Insert(0, new(typeof(IFailureReporter), reporter)));
        await test.RunAsync(JobGraph.Of(Enumerable.Range(0, 50).Select(_ => new Job("bad"))));
        await reporter.Called.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True((await test.RunAsync(new Job("good"))).IsFinished);
        await test.Worker.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private sealed class HangingReporter : IFailureReporter
    {
        public TaskCompletionSource Called { get; } = new();

        public ValueTask ReportAsync(FailureReport report, CancellationToken cancellationToken)
        {
            Called.TrySetResult();
            new ManualResetEventSlim().Wait(CancellationToken.None);
            return default;
        }
    }
}
