using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>Writes down all that is told while it listens: logs at every level with their state and scopes, spans, metrics, what is sent to Sentry, and exceptions that callers saw.</summary>
internal sealed class Witness : ILoggerProvider, IDisposable
{
    private readonly ConcurrentQueue<string> heard = [];
    private readonly AsyncLocal<string?> scope = new();
    private readonly ActivityListener spans;
    private readonly MeterListener metrics = new();

    public Witness()
    {
        spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" || source.Name.StartsWith("Overseer", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Hear("span", Describe(activity)),
        };
        ActivitySource.AddActivityListener(spans);
        metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is "Npgsql" || instrument.Meter.Name.StartsWith("Overseer", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Hear("metric", Describe(instrument, tags)));
        metrics.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Hear("metric", Describe(instrument, tags)));
        metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Hear("metric", Describe(instrument, tags)));
        metrics.Start();
    }

    public IReadOnlyCollection<string> All => heard;

    public void Hear(string where, string? what) => heard.Enqueue($"{where}: {what}");

    public void Hear(string where, Exception error)
    {
        Hear(where, error.ToString());
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            foreach (DictionaryEntry entry in inner.Data) Hear($"{where}, data", $"{entry.Key} = {entry.Value}");
            if (inner is JobGraphException graph)
            {
                foreach (var problem in graph.Problems) Hear($"{where}, problem", problem.ToString());
            }
        }
    }

    /// <summary>What a refusal says; that there is one is part of the test.</summary>
    public async Task RefusedAsync<TError>(string where, Func<Task> act)
        where TError : Exception => Hear(where, await Assert.ThrowsAnyAsync<TError>(act));

    /// <summary>Answers as Sentry does, and writes down what it was sent.</summary>
    public HttpMessageHandler Sentry() => new Server(this);

    public void ShowsNothingOf(string canary)
    {
        metrics.RecordObservableInstruments();
        var shown = heard.Where(line => line.Contains(canary, StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.True(shown.Count == 0, $"{shown.Count} of {heard.Count} show it:\n{string.Join("\n", shown.Take(10))}");
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        spans.Dispose();
        metrics.Dispose();
    }

    private static string Describe(Activity activity) =>
        $"{activity.DisplayName} {activity.StatusDescription} {Join(activity.TagObjects)} {string.Join(' ', activity.Events.Select(happened => $"{happened.Name} {Join(happened.Tags)}"))} {Join(activity.Baggage)}";

    private static string Describe(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => $"{instrument.Name} {Join(tags.ToArray())}";

    private static string Join<T>(IEnumerable<KeyValuePair<string, T>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private sealed class Logger(Witness witness, string category) : ILogger
    {
        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull
        {
            var outer = witness.scope.Value;
            witness.scope.Value = $"{outer} / {Describe(state)}";
            return new Scope(() => witness.scope.Value = outer);
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var where = $"log {category} {eventId.Id} {logLevel}";
            witness.Hear(where, $"{formatter(state, exception)} [{Describe(state)}]{witness.scope.Value}");
            if (exception is not null) witness.Hear(where, exception);
        }

        private static string Describe(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values ? Join(values) : $"{state}";
    }

    private sealed class Scope(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class Server(Witness witness) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var envelope = Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            witness.Hear("sentry", $"{request.RequestUri} {envelope}");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") };
        }
    }
}
