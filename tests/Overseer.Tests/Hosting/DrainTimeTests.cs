using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Overseer.Tests.Hosting;

/// <summary>The host's own limit to a shutdown, which ends a longer drain time early.</summary>
public sealed class DrainTimeTests
{
    [Theory]
    [InlineData(20, 30, 30)]
    [InlineData(0, 5, 10)]
    [InlineData(60, 30, 70)]
    [InlineData(60, 100, 100)]
    [InlineData(86_400, 30, 86_410)]
    public async Task A_host_with_a_worker_waits_longer_than_the_drain_time(int drain, int shutdown, int expected)
    {
        using var host = Build(drain, TimeSpan.FromSeconds(shutdown), hasWorker: true);
        Assert.Equal(TimeSpan.FromSeconds(expected), await ShutdownTimeoutAsync(host));
    }

    [Fact]
    public async Task A_host_that_waits_for_ever_still_does()
    {
        using var host = Build(60, Timeout.InfiniteTimeSpan, hasWorker: true);
        Assert.Equal(Timeout.InfiniteTimeSpan, await ShutdownTimeoutAsync(host));
    }

    [Fact]
    public async Task A_host_without_a_worker_is_left_alone()
    {
        using var host = Build(60, TimeSpan.FromSeconds(5), hasWorker: false);
        Assert.Equal(TimeSpan.FromSeconds(5), await ShutdownTimeoutAsync(host));
    }

    private static async Task<TimeSpan> ShutdownTimeoutAsync(IHost host)
    {
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        return host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
    }

    private static IHost Build(int drain, TimeSpan shutdown, bool hasWorker)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var overseer = builder.Services.AddOverseer(new JobHandlerMap(), options => options.DrainTime = TimeSpan.FromSeconds(drain)).UseInMemory();
        if (hasWorker) overseer.AddWorker();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown);
        return builder.Build();
    }
}
