using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    private static readonly TimeSpan Ages = TimeSpan.FromDays(1);

    [Fact]
    public async Task Waiting_ends_when_a_run_comes_and_when_its_jobs_end()
    {
        var worker = await StartWorkerAsync();
        var run = new RunId(1);
        JobLease lease = default;

        await WakesAsync(async () => run = await InsertAsync("a", "b: a", "c"));
        await WakesAsync(async () => await FinishAsync(lease = await StartAsync(worker, "a")));
        await WakesAsync(async () => await FailAsync(await StartAsync(worker, "b")));
        await WakesAsync(() => Store.RetryFailedAsync(run));
        await WakesAsync(async () => await SnoozeAsync(await StartAsync(worker, "c"), TimeSpan.Zero));
        await WakesAsync(async () =>
        {
            await StartAsync(worker, "c");
            await LoseAsync(worker);
        });
        worker = await StartWorkerAsync();
        await WakesAsync(async () =>
        {
            await StartAsync(worker, "c");
            await Store.RetireWorkerAsync(worker);
        });
        await WakesAsync(() => Store.CancelJobAsync(JobId.For(run, 1)));
        await WakesAsync(() => Store.CancelRunAsync(run));
    }

    [Fact]
    public async Task Waiting_ends_when_the_time_is_over()
    {
        var wait = Store.WaitForChangeAsync(TimeSpan.FromSeconds(2));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(wait.IsCompleted);

        Clock.Advance(TimeSpan.FromSeconds(1));

        await wait;
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        using var source = new CancellationTokenSource();
        var wait = Store.WaitForChangeAsync(Ages, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task A_change_between_looking_and_waiting_costs_no_more_than_a_moment()
    {
        await InsertAsync("a");

        var wait = Store.WaitForChangeAsync(Ages);
        Clock.Advance(TimeSpan.FromSeconds(1));

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    // The clock stands still meanwhile, so that only a wake-up can end the wait.
    private async Task WakesAsync(Func<Task> change)
    {
        var wait = Store.WaitForChangeAsync(Ages);
        await change();
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
