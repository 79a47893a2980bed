using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Overseer.Stores;
using Xunit;

namespace Overseer.Tests.Worker;

/// <summary>Jobs that wait in the buffer when something happens to them.</summary>
public sealed class SlotsTests
{
    private readonly List<JobEnding> endings = [];
    private int runs;

    [Fact]
    public async Task A_job_that_waits_when_the_worker_stops_is_given_back_and_not_started()
    {
        await RunAsync((slots, _) => slots.Stop());
        Assert.Equal(0, runs);
        Assert.IsType<JobEnding.Release>(Assert.Single(endings));
    }

    [Fact]
    public async Task A_job_whose_token_was_cancelled_while_it_waited_is_given_back_and_not_started()
    {
        await RunAsync((_, job) => job.Cancel(1));
        Assert.Equal(0, runs);
        Assert.IsType<JobEnding.Release>(Assert.Single(endings));
    }

    [Fact]
    public async Task A_job_whose_lease_was_lost_while_it_waited_is_dropped()
    {
        await RunAsync((_, job) => job.Lose(1));
        Assert.Equal(0, runs);
        Assert.Empty(endings);
    }

    [Fact]
    public async Task Any_other_job_runs()
    {
        await RunAsync((_, _) => { });
        Assert.Equal(1, runs);
        Assert.IsType<JobEnding.Finish>(Assert.Single(endings));
    }

    private async Task RunAsync(Action<Slots, HeldJob> meanwhile)
    {
        var clock = TimeProvider.System;
        var store = new HookedStore(new InMemoryJobStore())
        {
            BeforeEnd = told =>
            {
                endings.AddRange(told);
                return Task.CompletedTask;
            },
        };
        var handlers = new JobHandlerMap([new MadeHandler(() => runs++)]);
        var parts = new WorkerParts(store, handlers, NoServices.Instance, TestWorker.Options(), clock, NullLogger.Instance, new LeaseBook(clock, WorkerProcess.This, NullLogger.Instance),
            WorkerProcess.This);
        var buffer = Channel.CreateUnbounded<HeldJob>();
        var writer = new EndingWriter(parts, new ReportQueue([], NullLogger.Instance));
        var slots = new Slots(parts, buffer.Reader, writer);
        var job = parts.Book.Hold(new ReservedJob(
            new JobLease(new RunId(1), 0, parts.Book.Worker, 1), new JobId("1-0"), "a", "G", null, 1, 0, null, new Dictionary<string, string?>()));
        slots.Expect();
        buffer.Writer.TryWrite(job);
        buffer.Writer.Complete();
        meanwhile(slots, job);
        await slots.RunAsync();
        writer.Complete();
        await writer.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, parts.Book.Count);
    }

    /// <summary>Tells when it is made: by then an attempt has begun, whatever its token says.</summary>
    private sealed class MadeHandler(Action made) : JobHandler<Unit, Unit>("a", "Made")
    {
        protected internal override JobStages<Unit> Open(JobAttempt attempt)
        {
            made();
            return new Nothing();
        }

        private sealed class Nothing : JobStages<Unit>
        {
            public override ValueTask<Unit> ProcessAsync(JobContext job) => default;
        }
    }
}
