using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Overseer.Sentry.Tests;

/// <summary>Keeps what is logged, to be read in order.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

    public async Task<string> NextAsync() =>
        await lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public string? NextIfAny() => lines.Reader.TryRead(out var line) ? line : null;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is >= 700 and < 720) lines.Writer.TryWrite($"{logLevel} {eventId.Id}: {formatter(state, exception)} {exception?.Message}");
    }

    public void Dispose()
    {
    }
}
