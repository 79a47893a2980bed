using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sentry;
using Xunit;

namespace Overseer.Sentry.Tests;

/// <summary>Hosts and reports to test with.</summary>
internal static class Sample
{
    public static IHost Host(
        string? dsn = null, string? configured = null, Action<SentryOptions>? configure = null, LogLines? log = null,
        KeyValuePair<string, string?>[]? settings = null, TimeProvider? clock = null)
    {
        var host = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        host.Configuration.AddInMemoryCollection([new("Overseer:Sentry:Dsn", configured)]);
        if (settings is not null) host.Configuration.AddInMemoryCollection(settings);
        if (clock is not null) host.Services.AddSingleton(clock);
        if (log is not null) host.Logging.AddProvider(log);
        host.Services.AddOverseer(new JobHandlerMap()).UseSentry(dsn, configure);
        return host.Build();
    }

    public static IFailureReporter Reporter(this IHost host) => host.Services.GetRequiredService<IFailureReporter>();

    public static FailureReport Failure(Exception? exception = null) => new(
        new JobId("7-3"), "clean", new RunId(7), "DailyReport", 2, JobStatus.Failed, JobReason.Exception,
        new JobFailure(exception?.Message ?? "the file is empty", exception?.GetType().FullName), exception);

    /// <summary>The exception as a handler throws it, with a stack trace.</summary>
    public static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    public static async Task ReportAsync(this IFailureReporter reporter, FailureReport report) =>
        await reporter.ReportAsync(report, TestContext.Current.CancellationToken);
}
