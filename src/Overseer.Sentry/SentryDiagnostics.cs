using System.Globalization;
using Microsoft.Extensions.Logging;
using Sentry;
using Sentry.Extensibility;

namespace Overseer.Sentry;

/// <summary>Passes the Sentry client's warnings and errors to the application's log, so that a sink that refuses events is noticed.</summary>
/// <remarks>Nothing below a warning: the client's debug messages hold whole events.</remarks>
internal sealed class SentryDiagnostics(ILogger logger) : IDiagnosticLogger
{
    public bool IsEnabled(SentryLevel level) => level >= SentryLevel.Warning && logger.IsEnabled(LogLevel.Warning);

    public void Log(SentryLevel logLevel, string message, Exception? exception = null, params object?[] args)
    {
        if (IsEnabled(logLevel)) logger.SentryTrouble(string.Format(CultureInfo.InvariantCulture, message, args), exception);
    }
}
