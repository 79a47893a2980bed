using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Overseer.Tests.Client;

/// <summary>Waits in a host that is told to stop, as Ctrl+C tells it.</summary>
public sealed class StoppingHostTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IHost host;

    public StoppingHostTests()
    {
        var handlers = new JobHandlerMap().With("a", async (_, _) =>
        {
            started.TrySetResult();
            await mayEnd.Task;
        });
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOverseer(handlers).UseInMemory().AddWorker();
        host = builder.Build();
    }

    [Fact]
    public async Task A_wait_ends_with_the_host_and_says_what_becomes_of_the_run()
    {
        var run = await StartAsync();
        var found = (await Client.FindRunAsync("k", TestContext.Current.CancellationToken))!;
        var got = (await Client.GetRunAsync(run.Id, TestContext.Current.CancellationToken))!;
        var waits = new[] { run, found, got }.Select(handle => handle.WaitAsync(TestContext.Current.CancellationToken)).ToList();

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        foreach (var wait in waits)
        {
            var stop = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Patience, TestContext.Current.CancellationToken));
            Assert.Equal($"Run 1 has not ended (0 of 1 jobs finished), and this host is stopping. The run stays in store 'memory' and goes on with the next worker.", stop.Message);
        }
    }

    [Fact]
    public async Task A_run_that_has_ended_has_its_outcome_after_the_stop_too()
    {
        var run = await StartAsync();
        mayEnd.SetResult();
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.True((await run.WaitAsync(TestContext.Current.CancellationToken)).IsFinished);
    }

    [Fact]
    public async Task The_callers_own_token_ends_a_wait_as_it_always_does()
    {
        var run = await StartAsync();
        using var mine = new CancellationTokenSource();
        var wait = run.WaitAsync(mine.Token);
        await mine.CancelAsync();

        var stop = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("host", stop.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        mayEnd.TrySetResult();
        host.Dispose();
    }

    private IOverseerClient Client => host.Services.GetRequiredService<IOverseerClient>();

    private async Task<RunHandle> StartAsync()
    {
        await host.StartAsync(TestContext.Current.CancellationToken);
        var run = await Client.TransactAsync(JobGraph.Of([new Job("a")], key: "k"), TestContext.Current.CancellationToken);
        await started.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return run;
    }
}
