using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Overseer.Sentry.Tests;

/// <summary>A sink that hangs, refuses or is not there.</summary>
public sealed class TroubleTests : IAsyncLifetime
{
    private SentrySink sink = null!;

    public async ValueTask InitializeAsync() => sink = await SentrySink.StartAsync();

    public ValueTask DisposeAsync() => sink.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Reports_return_at_once_while_the_sink_hangs()
    {
        sink.Hold();
        var log = new LogLines();
        using var host = Sample.Host(sink.Dsn, log: log);
        var reporter = host.Reporter();
        await reporter.ReportAsync(Sample.Failure());
        await sink.Arrived;

        // More than the client's queue holds; the sink answers none of them before the loop is over.
        for (var i = 0; i < 500; i++)
        {
            var report = reporter.ReportAsync(Sample.Failure(new InvalidDataException("bad")), TestContext.Current.CancellationToken);
            Assert.True(report.IsCompletedSuccessfully);
            await report;
        }

        Assert.Equal(0, sink.Received);
        Assert.NotNull(log.NextIfAny());
        Assert.Null(log.NextIfAny());
        sink.Release();
        await sink.NextAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_waits_for_a_hanging_sink_no_longer_than_its_limit()
    {
        sink.Hold();
        var host = Sample.Host(sink.Dsn, configure: options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        await host.Reporter().ReportAsync(Sample.Failure());
        await sink.Arrived;

        await ((IAsyncDisposable)host).DisposeAsync().AsTask().WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, sink.Received);
    }

    [Fact]
    public async Task Stop_sends_what_is_still_queued()
    {
        var host = Sample.Host(sink.Dsn, configure: options => options.ShutdownTimeout = TimeSpan.FromMinutes(1));
        for (var i = 0; i < 20; i++) await host.Reporter().ReportAsync(Sample.Failure(new InvalidDataException("bad")));

        await ((IAsyncDisposable)host).DisposeAsync();

        Assert.Equal(20, sink.Received);
    }

    [Fact]
    public async Task Stop_without_async_sends_it_too()
    {
        var host = Sample.Host(sink.Dsn, configure: options => options.ShutdownTimeout = TimeSpan.FromMinutes(1));
        await host.Reporter().ReportAsync(Sample.Failure());

        ((ServiceProvider)host.Services).Dispose();

        Assert.Equal(1, sink.Received);
    }

    [Fact]
    public async Task Refusal_by_the_sink_is_logged_and_thrown_to_nobody()
    {
        sink.StatusCode = 403;
        var log = new LogLines();
        using var host = Sample.Host(sink.Dsn, log: log);
        await host.Reporter().ReportAsync(Sample.Failure());

        var line = await log.NextAsync();

        Assert.StartsWith("Warning 701: Sentry: ", line, StringComparison.Ordinal);
        Assert.Contains("Forbidden", line, StringComparison.Ordinal);
        Assert.Contains("an answer of the sink", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_sink_is_logged_and_thrown_to_nobody()
    {
        var dsn = sink.Dsn;
        await sink.DisposeAsync();
        var log = new LogLines();
        using var host = Sample.Host(dsn, log: log);
        await host.Reporter().ReportAsync(Sample.Failure());

        Assert.Contains("refused", await log.NextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Callback_of_the_user_that_throws_costs_its_event_only()
    {
        var log = new LogLines();
        using var host = Sample.Host(sink.Dsn, log: log, configure: options =>
            options.SetBeforeSend(@event => @event.Message?.Formatted == "first" ? throw new InvalidOperationException("in the callback") : @event));
        await host.Reporter().ReportAsync(Sample.Failure(new InvalidDataException("first")));
        await host.Reporter().ReportAsync(Sample.Failure(new InvalidDataException("second")));

        Assert.Equal("second", (await sink.NextAsync()).Message);
        Assert.Contains("in the callback", await log.NextAsync(), StringComparison.Ordinal);
    }
}
