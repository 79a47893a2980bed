using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Sentry;
using Sentry.Extensibility;
using Xunit;

namespace Overseer.Sentry.Tests;

/// <summary>What the client's own words become in the log.</summary>
public sealed class LoggingTests : IDisposable
{
    private readonly LogLines log = new();
    private readonly FakeTimeProvider clock = new();
    private readonly IHost host;
    private SentryOptions options = null!;

    public LoggingTests()
    {
        host = Sample.Host("https://key@sentry.example/1", configure: given => options = given, log: log, clock: clock);
        host.Reporter();
    }

    [Theory]
    [InlineData("the sink said {\"detail\":\"{x}\"}")]
    [InlineData("{0} and {1}")]
    public void Words_without_arguments_are_no_format(string words)
    {
        Client.Log(SentryLevel.Error, words);

        Assert.Equal($"Warning 701: Sentry: {words} ", log.NextIfAny());
    }

    [Fact]
    public void Words_with_arguments_are_filled_in()
    {
        Client.Log(SentryLevel.Warning, "{0} of {1:0.0}", null, 3, 4);

        Assert.Equal("Warning 701: Sentry: 3 of 4.0 ", log.NextIfAny());
    }

    [Fact]
    public void A_format_that_does_not_fit_its_arguments_is_logged_as_it_is()
    {
        Client.Log(SentryLevel.Warning, "{0} {detail}", null, 3);

        Assert.Equal("Warning 701: Sentry: {0} {detail} ", log.NextIfAny());
    }

    [Fact]
    public void The_same_trouble_is_told_once_in_a_minute_and_then_counted()
    {
        for (var i = 0; i < 300; i++) Client.Log(SentryLevel.Warning, "queue is full: {0}", null, i);
        Client.Log(SentryLevel.Warning, "another");
        Assert.Equal("Warning 701: Sentry: queue is full: 0 ", log.NextIfAny());
        Assert.Equal("Warning 701: Sentry: another ", log.NextIfAny());
        Assert.Null(log.NextIfAny());

        clock.Advance(TimeSpan.FromMinutes(1));
        Client.Log(SentryLevel.Warning, "queue is full: {0}", null, 300);
        Assert.Equal("Warning 701: Sentry: queue is full: 300 (and 299 more like it since the last such line) ", log.NextIfAny());
        Client.Log(SentryLevel.Warning, "queue is full: {0}", null, 301);
        Assert.Null(log.NextIfAny());
    }

    [Fact]
    public void Trouble_that_never_repeats_is_not_kept_in_mind_for_ever()
    {
        for (var i = 0; i < 5000; i++) Client.Log(SentryLevel.Warning, $"trouble {i}");
        for (var i = 0; i < 5000; i++) Assert.Equal($"Warning 701: Sentry: trouble {i} ", log.NextIfAny());
    }

    public void Dispose()
    {
        host.Dispose();
        log.Dispose();
    }

    private IDiagnosticLogger Client => options.DiagnosticLogger!;
}
