using Xunit;

namespace Overseer.Tests.Worker;

/// <summary>A handler runs in no context but that of its attempt.</summary>
public sealed class ContextFlowTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    [Fact]
    public async Task What_flows_with_the_starter_of_a_worker_does_not_reach_its_handlers()
    {
        string? seen = "nothing";
        Ambient.Value = "the starter's";
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) =>
        {
            seen = Ambient.Value;
            return Task.CompletedTask;
        }));
        Ambient.Value = null;
        await test.RunOneAsync(new Job("a"));
        Assert.Null(seen);
    }

    [Fact]
    public async Task Whoever_starts_a_worker_keeps_what_flows_with_him()
    {
        Ambient.Value = "mine";
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask));
        Assert.Equal("mine", await Task.Run(() => Ambient.Value, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_worker_starts_where_nothing_flows()
    {
        Task<TestWorker> start;
        using (ExecutionContext.SuppressFlow()) start = TestWorker.StartAsync(TestWorker.Handle("a", (_, _) => Task.CompletedTask));
        await using var test = await start;
        Assert.True((await test.RunAsync(new Job("a"))).IsFinished);
    }
}
