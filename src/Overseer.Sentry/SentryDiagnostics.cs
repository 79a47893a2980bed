using System.Globalization;
using Microsoft.Extensions.Logging;
using Sentry;
using Sentry.Extensibility;

namespace Overseer.Sentry;

/// <summary>Passes the Sentry client's warnings and errors to the application's log, so that a sink that refuses events is noticed.</summary>
/// <remarks>
/// Nothing below a warning: the client's debug messages hold whole events. The same trouble is told once a minute, since a sink that
/// hangs would have a line for each event that is dropped.
/// </remarks>
internal sealed class SentryDiagnostics(ILogger logger, TimeProvider clock) : IDiagnosticLogger
{
    private const int MostKinds = 100;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Told> kinds = new(StringComparer.Ordinal);

    public bool IsEnabled(SentryLevel level) => level >= SentryLevel.Warning && logger.IsEnabled(LogLevel.Warning);

    public void Log(SentryLevel logLevel, string message, Exception? exception = null, params object?[] args)
    {
        if (!IsEnabled(logLevel) || CountSilenced(message) is not { } silenced) return;
        var text = Format(message, args);
        logger.SentryTrouble(silenced == 0 ? text : $"{text} (and {silenced} more like it since the last such line)", exception);
    }

    /// <returns>How many like it were left out since the last one; null if this one is left out too.</returns>
    private int? CountSilenced(string kind)
    {
        lock (gate)
        {
            var known = kinds.TryGetValue(kind, out var told);
            if (known && clock.GetElapsedTime(told.At) < Quiet)
            {
                kinds[kind] = told with { Silenced = told.Silenced + 1 };
                return null;
            }

            if (!known && kinds.Count == MostKinds) kinds.Clear();
            kinds[kind] = new Told(clock.GetTimestamp(), 0);
            return told.Silenced;
        }
    }

    // Without arguments it is no format, and may have braces from anywhere: an answer of the sink is JSON.
    private static string Format(string message, object?[] args)
    {
        try
        {
            return args.Length == 0 ? message : string.Format(CultureInfo.InvariantCulture, message, args);
        }
        catch (FormatException)
        {
            return message;
        }
    }

    private readonly record struct Told(long At, int Silenced);
}
