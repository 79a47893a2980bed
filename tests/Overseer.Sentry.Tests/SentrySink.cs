using System.IO.Compression;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Overseer.Sentry.Tests;

/// <summary>A Sentry server of one process: takes envelopes on 127.0.0.1 and hands over the events in them.</summary>
internal sealed class SentrySink : IAsyncDisposable
{
    private readonly Channel<SentEvent> events = Channel.CreateUnbounded<SentEvent>();
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication app;
    private TaskCompletionSource gate = new();
    private int received;

    private SentrySink(WebApplication app) => this.app = app;

    /// <summary>The DSN of this sink.</summary>
    public string Dsn { get; private set; } = "";

    /// <summary>What every envelope is answered with.</summary>
    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    /// <summary>How many events have been received.</summary>
    public int Received => Volatile.Read(ref received);

    /// <summary>Ends when the first request is there, answered or not.</summary>
    public Task Arrived => arrived.Task;

    public static async Task<SentrySink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var sink = new SentrySink(builder.Build());
        sink.Release();
        sink.app.MapPost("/api/42/envelope/", sink.TakeAsync);
        await sink.app.StartAsync();
        sink.Dsn = new UriBuilder(sink.app.Urls.Single()) { UserName = "publickey", Path = "/42" }.Uri.ToString();
        return sink;
    }

    /// <summary>From now on requests get no answer, until <see cref="Release"/>.</summary>
    public void Hold() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => gate.TrySetResult();

    public async Task<SentEvent> NextAsync() =>
        await events.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        Release();
        await app.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        arrived.TrySetResult();
        await gate.Task.WaitAsync(request.HttpContext.RequestAborted);
        var body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        foreach (var sent in SentEvent.ReadEnvelope(await reader.ReadToEndAsync(request.HttpContext.RequestAborted)))
        {
            Interlocked.Increment(ref received);
            events.Writer.TryWrite(sent);
        }

        return Results.Text("""{"detail":"an answer of the sink"}""", "application/json", statusCode: StatusCode);
    }
}
