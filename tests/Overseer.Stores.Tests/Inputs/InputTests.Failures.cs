using System.Collections;
using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class InputTests
{
    private sealed class Silent : Exception
    {
        public override string Message => null!;

        public override string ToString() => null!;
    }

    private sealed class Throwing(string what) : Exception("words")
    {
        public override string Message => what == "message" ? throw new InvalidOperationException("no message") : base.Message;

        public override string? StackTrace => what == "stack" ? throw new InvalidOperationException("no stack") : base.StackTrace;

        public override IDictionary Data => what == "data" ? throw new InvalidOperationException("no data") : base.Data;

        public override string ToString() => what == "text" ? throw new InvalidOperationException("no text") : base.ToString();
    }

    [Theory]
    [InlineData("megabyte")]
    [InlineData("frames")]
    [InlineData("nested")]
    [InlineData("many")]
    [InlineData("silent")]
    [InlineData("message")]
    [InlineData("stack")]
    [InlineData("data")]
    [InlineData("text")]
    public async Task Whatever_is_thrown_the_failure_is_recorded_and_cut(string what)
    {
        var client = await StartAsync(Echo<int>().With("fail", (_, _) => throw Made(what)));
        var jobs = await RunAsync(client, new Job("fail"), Job.Create("echo", 7));
        Assert.Equal((JobStatus.Failed, JobReason.Exception, "7"), (jobs[0].Status, jobs[0].Reason, jobs[1].Result));
        var failure = jobs[0].Failure!;
        Assert.InRange(failure.Message.Length, 0, 4000);
        Assert.InRange(failure.Details!.Length, 0, 16_000);
        Assert.Equal(Made(what).GetType().FullName, failure.Exception);
        if (what == "megabyte") Assert.EndsWith("…", failure.Message, StringComparison.Ordinal);
        if (what is "message") Assert.Contains("cannot be read: System.InvalidOperationException", failure.Message, StringComparison.Ordinal);
        if (what is "text") Assert.Contains("cannot be read: System.InvalidOperationException", failure.Details, StringComparison.Ordinal);
    }

    private static Exception Made(string what)
    {
        switch (what)
        {
            case "megabyte":
                return new InvalidDataException(new string('x', 1024 * 1024) + "\0\ud800");
            case "frames":
                try
                {
                    Recurse(10_000);
                }
                catch (InvalidOperationException error)
                {
                    return error;
                }

                throw new InvalidOperationException("It did not throw.");
            case "nested":
                return Enumerable.Range(0, 500).Aggregate(new InvalidDataException("inmost"), (inner, depth) => new InvalidDataException($"level {depth}", inner));
            case "many":
                return new AggregateException(Enumerable.Range(0, 1000).Select(i => new InvalidDataException($"{i} {new string('x', 1000)}")));
            case "silent":
                return new Silent();
            default:
                return new Throwing(what);
        }
    }

    private static int Recurse(int depth) => depth == 0 ? throw new InvalidOperationException("too deep") : 1 + Recurse(depth - 1);
}
