using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using Xunit;
using Xunit.Sdk;

namespace Overseer.Stores.Tests;

/// <summary>A leak that was planted is found, whichever way it gets out: else the tests of secrets would prove nothing.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly string canary = "c4n4ry" + Guid.NewGuid().ToString("N");
    private readonly ActivitySource source = new("Overseer.Planted");
    private readonly Meter meter = new("Overseer.Planted");

    [Theory]
    [InlineData("message")]
    [InlineData("state")]
    [InlineData("scope")]
    [InlineData("exception")]
    [InlineData("inner exception")]
    [InlineData("exception data")]
    [InlineData("problem of a graph")]
    [InlineData("span's name")]
    [InlineData("span's tag")]
    [InlineData("span's event")]
    [InlineData("metric")]
    [InlineData("gauge")]
    [InlineData("sentry")]
    public async Task A_planted_leak_is_found(string place)
    {
        using var witness = new Witness();
        witness.ShowsNothingOf(canary);
        await PlantAsync(witness, place);
        Assert.Throws<TrueException>(() => witness.ShowsNothingOf(canary));
    }

    public void Dispose()
    {
        source.Dispose();
        meter.Dispose();
    }

    private async Task PlantAsync(Witness witness, string place)
    {
        var log = witness.CreateLogger("test");
        var values = new Dictionary<string, object?> { ["a"] = canary };
        var error = new InvalidDataException(canary);
        switch (place)
        {
            case "message":
                log.Log(LogLevel.Trace, default, "x", null, (_, _) => canary);
                break;
            case "state":
                log.Log(LogLevel.Trace, default, values, null, (_, _) => "nothing");
                break;
            case "scope":
                using (log.BeginScope(values)) log.Log(LogLevel.Trace, default, "x", null, (_, _) => "nothing");
                break;
            case "exception":
                log.Log(LogLevel.Trace, default, "x", error, (_, _) => "nothing");
                break;
            case "inner exception":
                await witness.RefusedAsync<InvalidDataException>("caller", () => throw new InvalidDataException("nothing", error));
                break;
            case "exception data":
                witness.Hear("caller", new InvalidDataException("nothing") { Data = { ["a"] = canary } });
                break;
            case "problem of a graph":
                // Beyond the twenty that the message shows.
                var graph = JobGraph.Of([.. Enumerable.Range(0, 30).Select(i => new Job($"unknown-{i}")), new Job(canary)]);
                witness.Hear("caller", Assert.Throws<JobGraphException>(() => new JobHandlerMap().Validate(graph)));
                break;
            case "span's name":
                source.StartActivity(canary)!.Stop();
                break;
            case "span's tag":
                source.StartActivity("test")!.SetTag("a", canary).Stop();
                break;
            case "span's event":
                source.StartActivity("test")!.AddException(error).Stop();
                break;
            case "metric":
                meter.CreateCounter<long>("count").Add(1, new KeyValuePair<string, object?>("a", canary));
                break;
            case "gauge":
                meter.CreateObservableGauge("gauge", () => new Measurement<int>(1, new KeyValuePair<string, object?>("a", canary)));
                break;
            case "sentry":
                using (var sentry = new HttpClient(witness.Sentry())) await sentry.PostAsync("https://sentry.example", new StringContent($$"""{"extra":"{{canary}}"}""", Encoding.UTF8));
                break;
        }
    }
}
