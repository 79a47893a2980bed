using Microsoft.Extensions.Logging;

namespace Overseer.Sentry;

/// <summary>The log messages of this package. Event ids 700–719.</summary>
internal static partial class SentryLog
{
    [LoggerMessage(700, LogLevel.Information, "Sentry reporting is off: {Setting} is empty and UseSentry was given no DSN.")]
    public static partial void SentryIsOff(this ILogger logger, string setting);

    [LoggerMessage(701, LogLevel.Warning, "Sentry: {Message}")]
    public static partial void SentryTrouble(this ILogger logger, string message, Exception? error);

    [LoggerMessage(702, LogLevel.Warning, "The failure of job {Job} of type '{Type}' could not be reported to Sentry.")]
    public static partial void ReportLost(this ILogger logger, string type, JobId job, Exception error);
}
