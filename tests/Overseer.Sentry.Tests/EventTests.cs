using Microsoft.Extensions.DependencyInjection;
using Sentry;
using Xunit;

namespace Overseer.Sentry.Tests;

/// <summary>What one event says, and what it never says.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private const string Canary = "canary-4711";

    private SentrySink sink = null!;

    public async ValueTask InitializeAsync() => sink = await SentrySink.StartAsync();

    public ValueTask DisposeAsync() => sink.DisposeAsync();

    [Fact]
    public async Task Failure_is_one_event_with_exception_and_tags()
    {
        using var host = Sample.Host(sink.Dsn);
        await host.Reporter().ReportAsync(Sample.Failure(Sample.Thrown(new InvalidDataException("row 12 has no date"))));

        var sent = await sink.NextAsync();

        Assert.Equal("error", sent.Level);
        Assert.Equal("row 12 has no date", sent.Message);
        Assert.Equal(["overseer", "clean", "System.IO.InvalidDataException"], sent.Fingerprint);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["overseer.job_type"] = "clean",
                ["overseer.job_id"] = "7-3",
                ["overseer.run_id"] = "7",
                ["overseer.graph"] = "DailyReport",
                ["overseer.attempt"] = "2",
                ["overseer.status"] = "failed",
                ["overseer.reason"] = "exception",
            },
            sent.Tags);
        var thrown = Assert.Single(sent.Exceptions);
        Assert.Equal("System.IO.InvalidDataException", thrown.GetProperty("type").GetString());
        Assert.Equal("row 12 has no date", thrown.GetProperty("value").GetString());
        var frame = Assert.Single(thrown.GetProperty("stacktrace").GetProperty("frames").EnumerateArray());
        Assert.Contains("Thrown", frame.GetProperty("function").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_without_exception_is_grouped_by_its_reason()
    {
        using var host = Sample.Host(sink.Dsn);
        var report = Sample.Failure() with { Status = JobStatus.Aborted, Reason = JobReason.Abort, Failure = new JobFailure("nothing was delivered") };
        await host.Reporter().ReportAsync(report);

        var sent = await sink.NextAsync();

        Assert.Equal("nothing was delivered", sent.Message);
        Assert.Equal(["overseer", "clean", "abort"], sent.Fingerprint);
        Assert.Equal("aborted", sent.Tags["overseer.status"]);
        Assert.Empty(sent.Exceptions);
        Assert.False(sent.Json.TryGetProperty("threads", out _));
    }

    [Fact]
    public async Task Lost_worker_is_an_event_without_a_graph()
    {
        using var host = Sample.Host(sink.Dsn);
        await host.Reporter().ReportAsync(Sample.Failure() with { Reason = JobReason.WorkerLost, Graph = null });

        var sent = await sink.NextAsync();

        Assert.Equal(["overseer", "clean", "worker_lost"], sent.Fingerprint);
        Assert.False(sent.Tags.ContainsKey("overseer.graph"));
    }

    [Fact]
    public async Task Exception_of_another_process_is_grouped_by_its_stored_type()
    {
        using var host = Sample.Host(sink.Dsn);
        await host.Reporter().ReportAsync(Sample.Failure() with { Failure = new JobFailure("late", "System.TimeoutException") });

        Assert.Equal(["overseer", "clean", "System.TimeoutException"], (await sink.NextAsync()).Fingerprint);
    }

    [Fact]
    public async Task Exception_data_never_travels()
    {
        var inner = Sample.Thrown(new FormatException("inner"));
        var other = Sample.Thrown(new ArgumentException("other"));
        var outer = Sample.Thrown(new AggregateException("outer", inner, other));
        foreach (var exception in new[] { inner, other, outer })
        {
            exception.Data["row"] = Canary;
            exception.Data["HResult"] = Canary;
            exception.Data["Sentry:Description"] = Canary;
            exception.Data["Sentry:Mechanism"] = Canary;
            exception.Data["sentry:tag:tenant"] = Canary;
            exception.Data["sentry:tag:overseer.job_id"] = Canary;
            exception.Data["sentry:context:payload"] = Canary;
            exception.Data["sentry:context:trace"] = Canary;
            exception.Data["sentry:other"] = Canary;
            exception.Data[$"sentry:{Canary}"] = 1;
            exception.HelpLink = Canary;
        }

        using var host = Sample.Host(sink.Dsn);
        await host.Reporter().ReportAsync(Sample.Failure(outer));

        var sent = await sink.NextAsync();

        Assert.DoesNotContain(Canary, sent.Envelope, StringComparison.Ordinal);
        Assert.Equal("7-3", sent.Tags["overseer.job_id"]);
        Assert.Equal(7, sent.Tags.Count);
        Assert.Equal(["System.ArgumentException", "System.FormatException", "System.AggregateException"], sent.ExceptionTypes);
        Assert.Equal("InnerExceptions[1]", sent.Exceptions[0].GetProperty("mechanism").GetProperty("source").GetString());
        Assert.True(sent.Exceptions[2].GetProperty("mechanism").GetProperty("is_exception_group").GetBoolean());
    }

    [Fact]
    public async Task Event_has_no_user_and_no_name_of_the_machine()
    {
        using var host = Sample.Host(sink.Dsn);
        await host.Reporter().ReportAsync(Sample.Failure(Sample.Thrown(new InvalidDataException("bad"))));

        var sent = await sink.NextAsync();

        Assert.True(!sent.Json.TryGetProperty("user", out var user) || !user.EnumerateObject().Any());
        Assert.False(sent.Json.TryGetProperty("server_name", out _));
    }

    [Fact]
    public async Task One_exception_instance_in_two_jobs_is_two_events()
    {
        using var host = Sample.Host(sink.Dsn);
        var shared = Sample.Thrown(new InvalidDataException("shared"));
        await host.Reporter().ReportAsync(Sample.Failure(shared));
        await host.Reporter().ReportAsync(Sample.Failure(shared) with { Job = new JobId("7-4") });

        Assert.Equal("7-3", (await sink.NextAsync()).Tags["overseer.job_id"]);
        Assert.Equal("7-4", (await sink.NextAsync()).Tags["overseer.job_id"]);
    }

    [Fact]
    public async Task Exception_that_cannot_be_read_is_still_an_event()
    {
        using var host = Sample.Host(sink.Dsn);
        await host.Reporter().ReportAsync(Sample.Failure() with { Exception = new HostileException() });

        var sent = await sink.NextAsync();

        Assert.Equal("the file is empty", sent.Message);
        Assert.Equal("7-3", sent.Tags["overseer.job_id"]);
    }

    [Fact]
    public async Task Users_options_filter_and_enrich_events()
    {
        using var host = Sample.Host(sink.Dsn, configure: options =>
        {
            options.Environment = "harbour";
            options.DefaultTags["team"] = "data";
            options.AddExceptionFilterForType<FormatException>();
            options.SetBeforeSend((@event, hint) => hint.Items["overseer.report"] is FailureReport { Type: "noisy" } ? null : @event);
        });
        await host.Reporter().ReportAsync(Sample.Failure(new FormatException("filtered")));
        await host.Reporter().ReportAsync(Sample.Failure() with { Type = "noisy" });
        await host.Reporter().ReportAsync(Sample.Failure(new InvalidDataException("kept")));

        var sent = await sink.NextAsync();

        Assert.Equal("kept", sent.Message);
        Assert.Equal("harbour", sent.Json.GetProperty("environment").GetString());
        Assert.Equal("data", sent.Tags["team"]);
    }

    [Fact]
    public async Task Process_wide_sdk_is_left_alone()
    {
        using var host = Sample.Host(sink.Dsn);
        await host.Reporter().ReportAsync(Sample.Failure());
        await sink.NextAsync();

        Assert.False(SentrySdk.IsEnabled);
    }

    [Fact]
    public void Second_use_sentry_adds_no_second_reporter()
    {
        var services = new ServiceCollection();
        services.AddOverseer(new JobHandlerMap()).UseSentry(sink.Dsn).UseSentry(sink.Dsn);
        using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IFailureReporter>());
    }

    private sealed class HostileException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }
}
