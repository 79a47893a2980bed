using Microsoft.Extensions.Options;
using Xunit;

namespace Overseer.Sentry.Tests;

/// <summary>Where the DSN comes from, and what a wrong or missing one says.</summary>
public sealed class DsnTests
{
    [Theory]
    [InlineData("no dsn", "it is no absolute URL")]
    [InlineData("ftp://hush@sentry.example/1", "it does not begin with https:// or http://")]
    [InlineData("https://sentry.example/hush", "it has no public key before the @")]
    [InlineData("https://:hush@sentry.example/1", "it has no public key before the @")]
    [InlineData("https://hush@sentry.example", "it does not end with a project id")]
    [InlineData("https://hush@sentry.example/path/", "it does not end with a project id")]
    [InlineData("https://hush@sentry.example/1?a=b", "it does not end with a project id")]
    public async Task Malformed_dsn_stops_the_start(string dsn, string problem)
    {
        using var given = Sample.Host(dsn);
        using var configured = Sample.Host(configured: dsn);

        var fromCode = await Assert.ThrowsAsync<OptionsValidationException>(() => given.StartAsync(TestContext.Current.CancellationToken));
        var fromConfiguration = await Assert.ThrowsAsync<OptionsValidationException>(() => configured.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith($"The DSN given to UseSentry is no Sentry DSN: {problem}. ", fromCode.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Overseer:Sentry:Dsn is no Sentry DSN: {problem}. ", fromConfiguration.Message, StringComparison.Ordinal);
        Assert.Contains("leave it empty to switch reporting off", fromCode.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fromCode.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Malformed_dsn_stops_whoever_asks_for_the_reporter_without_a_host_start()
    {
        using var host = Sample.Host("no dsn");

        Assert.Throws<OptionsValidationException>(host.Reporter);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task No_dsn_switches_reporting_off_and_says_so_once(string? dsn)
    {
        var log = new LogLines();
        using var host = Sample.Host(dsn, log: log);
        await host.StartAsync(TestContext.Current.CancellationToken);

        await host.Reporter().ReportAsync(Sample.Failure());
        await host.Reporter().ReportAsync(Sample.Failure());

        Assert.Equal("Information 700: Sentry reporting is off: Overseer:Sentry:Dsn is empty and UseSentry was given no DSN. ", log.NextIfAny());
        Assert.Null(log.NextIfAny());
    }

    [Fact]
    public async Task Dsn_of_the_configuration_is_used()
    {
        await using var sink = await SentrySink.StartAsync();
        using var host = Sample.Host(configured: sink.Dsn);
        await host.Reporter().ReportAsync(Sample.Failure());

        Assert.Equal("clean", (await sink.NextAsync()).Tags["overseer.job_type"]);
    }

    [Fact]
    public async Task Dsn_given_in_code_comes_before_the_configuration()
    {
        await using var sink = await SentrySink.StartAsync();
        using var host = Sample.Host(sink.Dsn, configured: "no dsn");
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.Reporter().ReportAsync(Sample.Failure());

        Assert.Equal("clean", (await sink.NextAsync()).Tags["overseer.job_type"]);
    }

    [Fact]
    public async Task Empty_dsn_in_code_switches_off_what_the_configuration_has()
    {
        var log = new LogLines();
        using var host = Sample.Host("", configured: "https://key@sentry.example/1", log: log);
        await host.Reporter().ReportAsync(Sample.Failure());

        Assert.StartsWith("Information 700", log.NextIfAny(), StringComparison.Ordinal);
    }
}
