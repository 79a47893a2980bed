using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    [Fact]
    public async Task A_finished_job_keeps_its_result_and_has_no_worker()
    {
        var run = await InsertAsync("a");
        var lease = await StartAsync(await StartWorkerAsync(), "a");
        Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(new EndAnswer(Accepted: true, JobStatus.Finished), await FinishAsync(lease, """{"rows":3}"""));

        var job = await JobAsync(run, 0);
        Assert.Equal((JobStatus.Finished, """{"rows":3}""", 1), (job.Status, job.Result, job.Attempt));
        Assert.Equal(Clock.GetUtcNow(), job.FinishedAt);
        Assert.Null(job.Worker);
        Assert.Null(job.Heartbeat);
        Assert.Null(job.Failure);
    }

    [Fact]
    public async Task A_dependent_becomes_ready_when_its_last_dependency_has_finished()
    {
        var run = await InsertAsync("a", "b", "c: a, b");
        var worker = await StartWorkerAsync();

        await FinishAsync(await StartAsync(worker, "a"));
        Assert.Equal(1, (await JobAsync(run, 2)).WaitingOn);
        Assert.Empty(await ReserveAsync(worker, 1, "c"));

        await FinishAsync(await StartAsync(worker, "b"));
        Assert.Equal(0, (await JobAsync(run, 2)).WaitingOn);
        Assert.Single(await ReserveAsync(worker, 1, "c"));
    }

    [Fact]
    public async Task Dependencies_that_finish_in_one_batch_make_their_dependent_ready_once()
    {
        var run = await InsertAsync("a", "b", "c: a, b", "d: c");
        var worker = await StartWorkerAsync();
        var leases = (await ReserveAsync(worker, 2, "a", "b")).Select(job => job.Lease);

        await Store.EndAsync([.. leases.Select(lease => new JobEnding.Finish(lease, null))]);

        Assert.Equal([0, 1], (await Store.ListJobsAsync(run, from: 2)).Select(job => job.WaitingOn));
        Assert.Single(await ReserveAsync(worker, 5, "c"));
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_endings_and_a_stale_one_spoils_no_other()
    {
        var run = await InsertAsync("a", "b", "c");
        var worker = await StartWorkerAsync();
        var (a, b, c) = (await StartAsync(worker, "a"), await StartAsync(worker, "b"), await StartAsync(worker, "c"));

        var answers = await Store.EndAsync(
        [
            new JobEnding.Fail(c, JobReason.Timeout, Boom),
            new JobEnding.Finish(b with { Number = 99 }, null),
            new JobEnding.Finish(a, null),
            new JobEnding.Abort(c, JobReason.Abort, Boom),
        ]);

        Assert.Equal([new EndAnswer(true, JobStatus.Failed, JobReason.Timeout), EndAnswer.Stale, new EndAnswer(true, JobStatus.Finished), EndAnswer.Stale], answers);
        Assert.Equal("finished started failed:timeout", await StatusesAsync(run));
    }

    [Fact]
    public async Task No_endings_are_no_answers() => Assert.Empty(await Store.EndAsync([]));

    public static TheoryData<string> Endings => ["finish", "fail", "abort", "fault", "snooze", "release"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task An_ending_by_another_worker_changes_nothing(string ending)
    {
        var run = await InsertAsync("a", "b: a");
        var lease = await StartAsync(await StartWorkerAsync(), "a");

        Assert.Equal(EndAnswer.Stale, await EndAsync(Ending(ending, lease with { Worker = await StartWorkerAsync() })));

        Assert.Equal("started unstarted", await StatusesAsync(run));
        Assert.True((await FinishAsync(lease)).Accepted);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task An_ending_under_an_earlier_lease_changes_nothing(string ending)
    {
        var run = await InsertAsync("a", "b: a");
        var worker = await StartWorkerAsync();
        var earlier = await StartAsync(worker, "a");
        await EndAsync(new JobEnding.Release(earlier));
        var lease = await StartAsync(worker, "a");

        Assert.Equal(EndAnswer.Stale, await EndAsync(Ending(ending, earlier)));

        Assert.Equal("started unstarted", await StatusesAsync(run));
        Assert.True((await FinishAsync(lease)).Accepted);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task An_ending_of_a_job_that_was_put_back_changes_nothing(string ending)
    {
        var run = await InsertAsync("a", "b: a");
        var lease = await StartAsync(await StartWorkerAsync(), "a");
        await EndAsync(new JobEnding.Release(lease));

        Assert.Equal(EndAnswer.Stale, await EndAsync(Ending(ending, lease)));

        Assert.Equal("unstarted unstarted", await StatusesAsync(run));
        Assert.Equal(0, (await JobAsync(run, 0)).Attempt);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task An_ending_of_a_job_that_was_cancelled_changes_nothing(string ending)
    {
        var run = await InsertAsync("a", "b: a");
        var lease = await StartAsync(await StartWorkerAsync(), "a");
        await Store.CancelJobAsync(JobId.For(run, 0));

        Assert.Equal(EndAnswer.Stale, await EndAsync(Ending(ending, lease)));

        Assert.Equal("aborted:cancelled aborted:dependency_aborted", await StatusesAsync(run));
        Assert.Equal(2, (await RunAsync(run)).Aborted);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task An_ending_of_a_worker_that_was_taken_for_dead_changes_nothing(string ending)
    {
        var run = await InsertAsync("a", "b: a");
        var worker = await StartWorkerAsync();
        var lease = await StartAsync(worker, "a");
        await LoseAsync(worker);

        Assert.Equal(EndAnswer.Stale, await EndAsync(Ending(ending, lease)));

        Assert.Equal("unstarted unstarted", await StatusesAsync(run));
    }

    [Theory]
    [InlineData("finish")]
    [InlineData("fail")]
    [InlineData("abort")]
    public async Task A_final_ending_told_again_is_accepted_and_changes_nothing(string ending)
    {
        var run = await InsertAsync("a", "b: a", "c");
        var lease = await StartAsync(await StartWorkerAsync(), "a");
        var answer = await EndAsync(Ending(ending, lease));
        var (statuses, known) = (await StatusesAsync(run), await RunAsync(run));

        Assert.Equal(answer, await EndAsync(Ending(ending, lease)));

        Assert.Equal((statuses, known), (await StatusesAsync(run), await RunAsync(run)));
        Assert.True((await JobAsync(run, 1)).WaitingOn >= 0);
    }

    [Fact]
    public async Task Another_ending_than_the_one_that_was_told_is_stale()
    {
        var run = await InsertAsync("a");
        var lease = await StartAsync(await StartWorkerAsync(), "a");
        await FinishAsync(lease, "1");

        Assert.Equal(EndAnswer.Stale, await FailAsync(lease));
        Assert.Equal(EndAnswer.Stale, await FinishAsync(lease with { Number = 7 }, "2"));
        Assert.Equal("1", (await JobAsync(run, 0)).Result);
    }

    [Fact]
    public async Task A_job_with_tries_left_is_put_back_after_an_exception_and_shows_it()
    {
        var run = await InsertAsync(JobGraph.Of(new Job("a") { MaxAttempts = 2 }));
        var worker = await StartWorkerAsync();

        Assert.Equal(new EndAnswer(Accepted: true), await FailAsync(await StartAsync(worker, "a")));
        var job = await JobAsync(run, 0);
        Assert.Equal((JobStatus.Unstarted, 1, 2, Boom), (job.Status, job.Attempt, job.MaxAttempts, job.Failure));
        Assert.Null(job.Worker);

        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = Assert.Single(await ReserveAsync(worker, 1, "a"));
        Assert.Equal(2, again.Attempt);
        Assert.Equal(new EndAnswer(true, JobStatus.Failed, JobReason.Exception), await FailAsync(again.Lease));
        Assert.Equal(2, (await JobAsync(run, 0)).Attempt);
    }

    [Fact]
    public async Task A_job_waits_longer_after_each_try_that_failed()
    {
        var run = await InsertAsync(JobGraph.Of(new Job("a") { MaxAttempts = 4 }));
        var worker = await StartWorkerAsync();
        for (var longest = TimeSpan.FromSeconds(1); longest <= TimeSpan.FromSeconds(4); longest *= 2)
        {
            await FailAsync(await StartAsync(worker, "a"));
            Assert.InRange((await JobAsync(run, 0)).RunAt - Clock.GetUtcNow(), longest / 2, longest);
            Assert.Empty(await ReserveAsync(worker, 1, "a"));
            Clock.Advance(longest);
        }

        Assert.Equal(JobStatus.Failed, (await FailAsync(await StartAsync(worker, "a"))).Status);
    }

    [Fact]
    public async Task A_job_that_finishes_after_a_try_that_failed_shows_no_failure()
    {
        var run = await InsertAsync(JobGraph.Of(new Job("a") { MaxAttempts = 2 }));
        await RunAsync("a", lease => FailAsync(lease));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync("a", lease => FinishAsync(lease));

        Assert.Null((await JobAsync(run, 0)).Failure);
    }

    [Theory]
    [InlineData(JobReason.Timeout)]
    [InlineData(JobReason.ResultRejected)]
    [InlineData(JobReason.Unreadable)]
    public async Task A_failure_that_is_no_exception_fails_the_job_whatever_tries_are_left(JobReason reason)
    {
        var run = await InsertAsync(JobGraph.Of(new Job("a") { MaxAttempts = 5 }));
        var lease = await StartAsync(await StartWorkerAsync(), "a");

        Assert.Equal(new EndAnswer(true, JobStatus.Failed, reason), await FailAsync(lease, reason));

        var job = await JobAsync(run, 0);
        Assert.Equal((JobStatus.Failed, reason, Boom), (job.Status, job.Reason, job.Failure));
        Assert.Equal(Clock.GetUtcNow(), job.FinishedAt);
    }

    [Theory]
    [InlineData(PostponeKind.Fault)]
    [InlineData(PostponeKind.Snooze)]
    public async Task A_postponed_job_waits_for_its_time_and_its_try_is_not_counted(PostponeKind kind)
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();

        var answer = await EndAsync(new JobEnding.Postpone(await StartAsync(worker, "a"), kind, TimeSpan.FromSeconds(10), 5, Boom));

        Assert.Equal(new EndAnswer(Accepted: true), answer);
        var job = await JobAsync(run, 0);
        Assert.Equal((JobStatus.Unstarted, 0, Clock.GetUtcNow() + TimeSpan.FromSeconds(10)), (job.Status, job.Attempt, job.RunAt));
        Assert.Empty(await ReserveAsync(worker, 1, "a"));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, Assert.Single(await ReserveAsync(worker, 1, "a")).Attempt);
    }

    [Theory]
    [InlineData(PostponeKind.Fault)]
    [InlineData(PostponeKind.Snooze)]
    public async Task A_job_that_is_postponed_more_often_than_the_limit_fails(PostponeKind kind)
    {
        var run = await InsertAsync("a", "b: a");
        var worker = await StartWorkerAsync();
        async Task<EndAnswer> PostponeAsync() => await EndAsync(new JobEnding.Postpone(await StartAsync(worker, "a"), kind, TimeSpan.Zero, 2, Boom));

        Assert.Equal(JobStatus.Unstarted, (await PostponeAsync()).Status);
        Assert.Equal(JobStatus.Unstarted, (await PostponeAsync()).Status);
        Assert.Equal(new EndAnswer(true, JobStatus.Failed, JobReason.AttemptsExhausted), await PostponeAsync());

        Assert.Equal("failed:attempts_exhausted aborted:dependency_failed", await StatusesAsync(run));
        var job = await JobAsync(run, 0);
        Assert.Equal((0, Boom), (job.Attempt, job.Failure));
    }

    [Fact]
    public async Task Faults_and_snoozes_have_limits_of_their_own()
    {
        await InsertAsync("a");
        var worker = await StartWorkerAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(JobStatus.Unstarted, (await FaultAsync(await StartAsync(worker, "a"), TimeSpan.Zero, limit: 3)).Status);
            Assert.Equal(JobStatus.Unstarted, (await SnoozeAsync(await StartAsync(worker, "a"), TimeSpan.Zero, limit: 3)).Status);
        }

        Assert.Equal(JobStatus.Failed, (await FaultAsync(await StartAsync(worker, "a"), TimeSpan.Zero, limit: 3)).Status);
    }

    [Fact]
    public async Task A_fault_that_says_no_delay_backs_off()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();

        foreach (var seconds in new[] { 1, 2, 4, 8 })
        {
            await FaultAsync(await StartAsync(worker, "a"), delay: null);
            var delay = (await JobAsync(run, 0)).RunAt - Clock.GetUtcNow();
            Assert.InRange(delay.TotalSeconds, seconds * 0.49, seconds);
            Clock.Advance(delay);
        }
    }

    [Fact]
    public async Task A_delay_without_end_is_cut_and_a_negative_one_is_none()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();

        await SnoozeAsync(await StartAsync(worker, "a"), TimeSpan.FromSeconds(-5));
        await SnoozeAsync(await StartAsync(worker, "a"), TimeSpan.MaxValue);

        Assert.Equal(Clock.GetUtcNow() + PostponeDelay.Longest, (await JobAsync(run, 0)).RunAt);
    }

    [Fact]
    public async Task A_released_job_is_ready_at_once_and_nothing_is_counted()
    {
        var run = await InsertAsync("a");
        var worker = await StartWorkerAsync();

        Assert.Equal(new EndAnswer(Accepted: true), await EndAsync(new JobEnding.Release(await StartAsync(worker, "a"))));

        var job = await JobAsync(run, 0);
        Assert.Equal((JobStatus.Unstarted, 0, 0), (job.Status, job.Attempt, job.Losses));
        Assert.Equal(1, Assert.Single(await ReserveAsync(worker, 1, "a")).Attempt);
    }

    private static JobEnding Ending(string name, JobLease lease) => name switch
    {
        "finish" => new JobEnding.Finish(lease, "1"),
        "fail" => new JobEnding.Fail(lease, JobReason.Exception, Boom),
        "abort" => new JobEnding.Abort(lease, JobReason.Abort, Boom),
        "fault" => new JobEnding.Postpone(lease, PostponeKind.Fault, TimeSpan.Zero, 5, Boom),
        "snooze" => new JobEnding.Postpone(lease, PostponeKind.Snooze, TimeSpan.Zero, 5, Boom),
        "release" => new JobEnding.Release(lease),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
