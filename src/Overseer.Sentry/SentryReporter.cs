using Microsoft.Extensions.Logging;
using Sentry;

namespace Overseer.Sentry;

/// <summary>Turns each report into one event of its own Sentry client. Sending happens on that client's thread, from its bounded queue.</summary>
internal sealed class SentryReporter : IFailureReporter, IDisposable, IAsyncDisposable
{
    public const string OptionsName = "Overseer";

    public const string ReportKey = "overseer.report";

    private readonly SentryOptions options;
    private readonly ILogger logger;
    private readonly SentryClient? client;

    /// <param name="options">A valid DSN, or none to switch reporting off.</param>
    /// <param name="logger">Where the client's own trouble is told.</param>
    public SentryReporter(SentryOptions options, ILogger logger)
    {
        this.options = options;
        this.logger = logger;
        if (string.IsNullOrWhiteSpace(options.Dsn)) logger.SentryIsOff(SentryDsn.Setting);
        else client = new SentryClient(options);
    }

    /// <summary>What holds unless the user's own configuration says otherwise.</summary>
    public static void ApplyDefaults(SentryOptions options, ILogger logger, TimeProvider clock)
    {
        options.SendDefaultPii = false;
        // Without this the client sends an id of this machine as if it were a user.
        options.IsGlobalModeEnabled = true;
        // An event without an exception would show the stack of the reporting loop.
        options.AttachStacktrace = false;
        // Two jobs may fail with one exception instance; each of them is an event.
        options.DisableDuplicateEventDetection();
        options.AddExceptionProcessor(new ExceptionDataFilter());
        options.AddEventProcessor(new ReportTags());
        // The client drops its logger unless Debug is set; this one passes on warnings and errors only.
        options.Debug = true;
        options.DiagnosticLogger = new SentryDiagnostics(logger, clock);
    }

    public ValueTask ReportAsync(FailureReport report, CancellationToken cancellationToken)
    {
        if (client is null) return ValueTask.CompletedTask;
        try
        {
            var hint = new SentryHint();
            hint.Items[ReportKey] = report;
            client.CaptureEvent(ToEvent(report), null, hint);
        }
        // Whatever goes wrong with telling, the job's own outcome is stored already.
        catch (Exception error)
        {
            logger.ReportLost(report.Type, report.Job, error);
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null) await client.FlushAsync(options.ShutdownTimeout);
    }

    public void Dispose() => client?.Dispose();

    private static SentryEvent ToEvent(FailureReport report)
    {
        var cause = report.Exception?.GetType().FullName ?? report.Failure.Exception ?? report.Reason.ToWord();
        return new SentryEvent(report.Exception)
        {
            Level = SentryLevel.Error,
            Logger = "overseer",
            Message = new SentryMessage { Formatted = report.Failure.Message },
            Fingerprint = ["overseer", report.Type, cause],
        };
    }
}
