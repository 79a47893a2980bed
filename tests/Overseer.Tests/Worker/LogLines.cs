using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Overseer.Tests.Worker;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> lines = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> awaited = new();

    public IEnumerable<string> Of(int eventId) => lines.Where(line => line.Id == eventId).Select(line => line.Text);

    public IEnumerable<string> All => lines.Select(line => line.Text);

    public LogLevel LevelOf(int eventId) => lines.First(line => line.Id == eventId).Level;

    /// <summary>Ends when something was logged under this id.</summary>
    public Task WaitForAsync(int eventId) => Awaited(eventId).Task;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lines.Enqueue((eventId.Id, logLevel, formatter(state, exception)));
        Awaited(eventId.Id).TrySetResult();
    }

    public void Dispose()
    {
    }

    private TaskCompletionSource Awaited(int eventId) =>
        awaited.GetOrAdd(eventId, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
