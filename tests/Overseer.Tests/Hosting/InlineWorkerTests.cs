using Xunit;

namespace Overseer.Tests.Hosting;

/// <summary>A worker without a host.</summary>
public sealed class InlineWorkerTests
{
    [Fact]
    public async Task Without_services_all_that_handlers_ask_for_is_missing()
    {
        await using var store = new InMemoryJobStore();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            OverseerWorker.StartAsync(store, new JobHandlerMap([new Asking()]), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(
            "The worker cannot start: its handlers ask for services that are not registered. "
            + "Register them with the host's services, or give OverseerWorker.StartAsync a provider that has them:"
            + "\n  - System.Uri, asked for by Asking\n  - System.TimeProvider, asked for by Asking",
            error.Message);
    }

    [Fact]
    public async Task Handlers_that_ask_for_nothing_need_no_services()
    {
        await using var store = new InMemoryJobStore();
        await using var worker = await OverseerWorker.StartAsync(
            store, new JobHandlerMap().With("a", (_, _) => Task.CompletedTask), cancellationToken: TestContext.Current.CancellationToken);
    }

    private sealed class Asking : JobHandler<Unit, Unit>
    {
        public Asking()
            : base("asking", "Asking") => Services = [new ServiceNeed(typeof(Uri)), new ServiceNeed(typeof(TimeProvider))];

        protected internal override JobStages<Unit> Open(JobAttempt attempt) => throw new NotSupportedException();
    }
}
