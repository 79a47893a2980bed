using Microsoft.Extensions.Logging;

namespace Overseer.Faults;

/// <summary>The engine's log, as part of the history.</summary>
internal sealed class HistoryLoggerProvider(HistoryFile history) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        history.Write("log", eventId.Name ?? "", result: $"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : " | " + exception.GetType().Name + ": " + exception.Message)}");

    public void Dispose()
    {
    }
}
