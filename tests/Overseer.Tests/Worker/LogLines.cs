using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Overseer.Tests.Worker;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> lines = new();

    public IEnumerable<string> Of(int eventId) => lines.Where(line => line.Id == eventId).Select(line => line.Text);

    public IEnumerable<string> All => lines.Select(line => line.Text);

    public LogLevel LevelOf(int eventId) => lines.First(line => line.Id == eventId).Level;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((eventId.Id, logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
