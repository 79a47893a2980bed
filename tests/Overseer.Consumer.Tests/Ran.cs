using Microsoft.Extensions.DependencyInjection;
using Overseer;

namespace Consumer;

/// <summary>A graph run to its end by a worker with all handlers.</summary>
internal sealed record Ran(RunOutcome Outcome, RunHandle Run, IReadOnlyList<string> Lines)
{
    public static async Task<Ran> ToEndAsync(JobGraph graph)
    {
        var trace = new Trace();
        await using var services = new ServiceCollection()
            .AddSingleton(trace)
            .AddSingleton(TimeProvider.System)
            .AddKeyedSingleton("keyed", trace)
            .BuildServiceProvider();
        await using var store = new InMemoryJobStore();
        await using var worker = await OverseerWorker.StartAsync(store, JobHandlers.All, services, cancellationToken: TestContext.Current.CancellationToken);
        var run = await new OverseerClient(store, JobHandlers.All).TransactAsync(graph, TestContext.Current.CancellationToken);
        var outcome = await run.WaitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));
        return new Ran(outcome, run, [.. trace.Lines]);
    }
}
