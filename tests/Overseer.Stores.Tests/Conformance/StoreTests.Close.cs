using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    [Fact]
    public async Task A_failed_job_aborts_its_direct_and_transitive_dependents_and_no_others()
    {
        var run = await InsertAsync("a", "b: a", "c: b", "d: c, x", "x", "y: x");
        Clock.Advance(TimeSpan.FromSeconds(2));

        await RunAsync("a", lease => FailAsync(lease));

        Assert.Equal(
            "failed:exception aborted:dependency_failed aborted:dependency_failed aborted:dependency_failed unstarted unstarted", await StatusesAsync(run));
        Assert.Equal(Clock.GetUtcNow(), (await JobAsync(run, 3)).FinishedAt);
        Assert.Equal((1, 3), ((await RunAsync(run)).Failed, (await RunAsync(run)).Aborted));
    }

    [Theory]
    [InlineData(JobReason.Abort)]
    [InlineData(JobReason.AbortSilent)]
    public async Task An_aborted_job_aborts_its_direct_and_transitive_dependents(JobReason reason)
    {
        var run = await InsertAsync("a", "b: a", "c: b");

        await RunAsync("a", lease => AbortAsync(lease, reason));

        Assert.Equal($"aborted:{reason.ToWord()} aborted:dependency_aborted aborted:dependency_aborted", await StatusesAsync(run));
        Assert.Equal(Boom, (await JobAsync(run, 0)).Failure);
    }

    [Fact]
    public async Task What_is_running_beside_a_failure_goes_on_and_so_does_what_depends_on_it_alone()
    {
        var run = await InsertAsync("a", "b", "c: a, b", "d: b");
        var worker = await StartWorkerAsync();
        var (a, b) = (await StartAsync(worker, "a"), await StartAsync(worker, "b"));

        await FailAsync(a);
        Assert.True((await FinishAsync(b)).Accepted);

        Assert.Equal("failed:exception finished aborted:dependency_failed unstarted", await StatusesAsync(run));
        Assert.Equal(1, (await JobAsync(run, 2)).WaitingOn);
        Assert.Empty(await ReserveAsync(worker, 5, "c"));
        Assert.Single(await ReserveAsync(worker, 5, "d"));
    }

    [Fact]
    public async Task A_closed_job_names_the_dependency_that_closed_it()
    {
        var builder = new JobGraphBuilder("Test");
        var extract = builder.Add(Job.FromJson("extract", null, id: "monday"));
        var clean = builder.Add(new Job("clean"), extract);
        builder.Add(new Job("publish"), clean);
        var run = await InsertAsync(builder.Build());

        await RunAsync("extract", lease => FailAsync(lease, JobReason.Timeout));

        Assert.Equal("Dependency extract (monday) failed: timeout.", (await JobAsync(run, 1)).Failure!.Message);
        Assert.Equal($"Dependency clean ({run.Number}-1) was aborted: dependency_failed.", (await JobAsync(run, 2)).Failure!.Message);
    }

    [Fact]
    public async Task A_job_that_two_failures_close_keeps_the_first_as_its_cause()
    {
        var run = await InsertAsync("a", "b", "c: a, b");

        await RunAsync("b", lease => FailAsync(lease));
        await RunAsync("a", lease => AbortAsync(lease));

        Assert.Equal("aborted:abort failed:exception aborted:dependency_failed", await StatusesAsync(run));
        Assert.StartsWith("Dependency b ", (await JobAsync(run, 2)).Failure!.Message, StringComparison.Ordinal);
        Assert.Equal((1, 2), ((await RunAsync(run)).Failed, (await RunAsync(run)).Aborted));
    }

    [Fact]
    public async Task A_job_that_two_failures_closed_is_reopened_with_both_and_closed_again_by_either()
    {
        var run = await InsertAsync("a", "b", "c: a, b");
        await RunAsync("a", lease => FailAsync(lease));
        await RunAsync("b", lease => FailAsync(lease));

        Assert.Equal(3, await Store.RetryFailedAsync(run));
        Assert.Equal(("unstarted unstarted unstarted", 2), (await StatusesAsync(run), (await JobAsync(run, 2)).WaitingOn));
        await RunAsync("a", lease => FinishAsync(lease));
        await RunAsync("b", lease => AbortAsync(lease));
        Assert.Equal("finished aborted:abort aborted:dependency_aborted", await StatusesAsync(run));

        Assert.Equal(2, await Store.RetryFailedAsync(run));
        await RunAsync("b", lease => FinishAsync(lease));
        await RunAsync("c", lease => FinishAsync(lease));
        Assert.Equal(RunStatus.Finished, (await RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_job_in_a_diamond_is_closed_once()
    {
        var run = await InsertAsync("a", "b: a", "c: a", "d: b, c", "e: d, a");

        await RunAsync("a", lease => FailAsync(lease));

        Assert.Equal(4, (await RunAsync(run)).Aborted);
        Assert.Equal(RunStatus.Failed, (await RunAsync(run)).Status);
    }

    [Fact]
    public async Task A_job_that_has_ended_keeps_its_reason_when_a_dependency_fails_later()
    {
        var run = await InsertAsync("a", "b: a", "c: b");
        await Store.CancelJobAsync(JobId.For(run, 1));

        await RunAsync("a", lease => FailAsync(lease));

        Assert.Equal("failed:exception aborted:cancelled aborted:dependency_aborted", await StatusesAsync(run));
        Assert.Equal((1, 2), ((await RunAsync(run)).Failed, (await RunAsync(run)).Aborted));
    }

    [Fact]
    public async Task A_dependency_that_finishes_counts_for_a_job_that_was_aborted_meanwhile()
    {
        var run = await InsertAsync("a", "b", "c: a, b");
        await Store.CancelJobAsync(JobId.For(run, 2));
        await RunAsync("a", lease => FinishAsync(lease));
        Assert.Equal(1, (await JobAsync(run, 2)).WaitingOn);
        Assert.Equal("finished unstarted aborted:cancelled", await StatusesAsync(run));

        await Store.RetryFailedAsync(run);
        await RunAsync("b", lease => FinishAsync(lease));

        Assert.Single(await ReserveAsync(await StartWorkerAsync(), 1, "c"));
    }

    [Fact]
    public async Task An_aborted_job_is_not_reserved_when_its_last_dependency_finishes_and_is_ready_when_it_is_retried()
    {
        var run = await InsertAsync("a", "b: a");
        await Store.CancelJobAsync(JobId.For(run, 1));
        await RunAsync("a", lease => FinishAsync(lease));
        Assert.Empty(await ReserveAsync(await StartWorkerAsync(), 1, "b"));

        await Store.RetryFailedAsync(run);

        Assert.Single(await ReserveAsync(await StartWorkerAsync(), 1, "b"));
    }

    [Fact]
    public async Task A_chain_of_100_000_jobs_closes_and_reopens_as_a_whole()
    {
        const int length = 100_000;
        var builder = new JobGraphBuilder("Chain");
        var last = builder.Add(new Job("first"));
        for (var i = 1; i < length; i++) last = builder.Add(new Job("next"), last);
        var run = await InsertAsync(builder.Build());

        await RunAsync("first", lease => FailAsync(lease));
        Assert.Equal((RunStatus.Failed, 1, length - 1), ((await RunAsync(run)).Status, (await RunAsync(run)).Failed, (await RunAsync(run)).Aborted));
        Assert.Equal(JobReason.DependencyFailed, (await JobAsync(run, length - 1)).Reason);

        Assert.Equal(length, await Store.RetryFailedAsync(run));
        Assert.Equal((RunStatus.Active, 0, 0), ((await RunAsync(run)).Status, (await RunAsync(run)).Failed, (await RunAsync(run)).Aborted));
        Assert.Equal(length, await Store.CancelRunAsync(run));
    }

    [Fact]
    public async Task A_star_of_100_000_jobs_is_released_and_closed_as_a_whole()
    {
        const int size = 100_000;
        var builder = new JobGraphBuilder("Star");
        var centre = builder.Add(new Job("centre") { MaxAttempts = 2 });
        for (var i = 1; i < size; i++) builder.Add(new Job("ray"), centre);
        var (first, second) = (await InsertAsync(builder.Build()), await InsertAsync(builder.Build()));

        await RunAsync("centre", lease => FinishAsync(lease));
        Assert.Equal(0, (await JobAsync(first, size - 1)).WaitingOn);
        Assert.Equal(1000, (await ReserveAsync(await StartWorkerAsync(), 1000, "ray")).Count);

        await RunAsync("centre", lease => FailAsync(lease, JobReason.Timeout));
        Assert.Equal(size - 1, (await RunAsync(second)).Aborted);
    }
}
