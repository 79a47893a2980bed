using Microsoft.Extensions.Logging;
using Xunit;

namespace Overseer.Tests.Worker;

public sealed class SignalTests
{
    [Fact]
    public async Task Abort_ends_the_job_and_all_that_depends_on_it_aloud()
    {
        await using var test = await TestWorker.StartAsync(Chain((job, _) => throw job.Abort("no data")));
        var run = await test.InsertAsync(ChainGraph());
        var outcome = await TestWorker.WaitAsync(run);
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Aborted, 3), (outcome.Status, outcome.Run.Aborted));
        Assert.Equal((JobReason.Abort, "no data"), (outcome.Problems[0].Reason, outcome.Problems[0].Failure!.Message));
        Assert.Equal(JobReason.DependencyAborted, (await test.JobAsync(run, 2)).Reason);
        Assert.Equal(LogLevel.Error, test.Log.LevelOf(42));
        Assert.Equal((JobReason.Abort, JobStatus.Aborted), (Assert.Single(test.Reports.All).Reason, test.Reports.All.First().Status));
    }

    [Fact]
    public async Task Abort_silently_is_neither_an_error_nor_reported()
    {
        await using var test = await TestWorker.StartAsync(Chain((job, _) => throw job.AbortSilently("nothing to do")));
        var outcome = await test.RunAsync(ChainGraph());
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Finished, 3), (outcome.Status, outcome.Run.Aborted));
        Assert.Equal(JobReason.AbortSilent, outcome.Problems[0].Reason);
        Assert.Equal(LogLevel.Information, test.Log.LevelOf(43));
        Assert.Empty(test.Reports.All);
    }

    [Fact]
    public async Task A_fault_is_tried_again_and_counts_no_attempt()
    {
        var tries = 0;
        var attempts = new List<int>();
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("shaky", (job, _) =>
        {
            attempts.Add(job.Attempt);
            if (++tries < 4) throw job.Fault("not yet", TimeSpan.Zero);
            return Task.CompletedTask;
        }));
        var job = await test.RunOneAsync(new Job("shaky"));
        Assert.Equal((JobStatus.Finished, 1), (job.Status, job.Attempt));
        Assert.Equal([1, 1, 1, 1], attempts);
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, test.Log.Of(44).Count());
        Assert.Empty(test.Log.Of(40));
        Assert.Equal(JobStatus.Finished, job.Status);
        Assert.Empty(test.Reports.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_many_faults_or_snoozes_fail_the_job(bool fault)
    {
        var tries = 0;
        await using var test = await TestWorker.StartAsync(
            TestWorker.Handle("never", (job, _) =>
            {
                tries++;
                throw fault ? job.Fault("still not", TimeSpan.Zero) : job.Snooze(TimeSpan.Zero);
            }),
            options => options.FaultLimit = options.SnoozeLimit = 2);
        var job = await test.RunOneAsync(new Job("never"));
        await test.Worker.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal((JobStatus.Failed, JobReason.AttemptsExhausted), (job.Status, job.Reason));
        Assert.Equal(3, tries);
        Assert.Equal(JobReason.AttemptsExhausted, Assert.Single(test.Reports.All).Reason);
    }

    [Fact]
    public async Task A_swallowed_signal_still_ends_the_job_that_way()
    {
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("greedy", (job, _) =>
        {
            try
            {
                throw job.Abort("first");
            }
            catch (Exception)
            {
                // A handler that swallows everything.
            }

            try
            {
                throw job.Fault("second");
            }
            catch (Exception)
            {
                throw new FormatException("third");
            }
        }));
        var job = await test.RunOneAsync(new Job("greedy"));
        Assert.Equal((JobStatus.Aborted, JobReason.Abort, "first"), (job.Status, job.Reason, job.Failure!.Message));
    }

    [Fact]
    public async Task A_signal_swallowed_in_pre_process_keeps_process_from_running()
    {
        var ran = false;
        var handlers = TestWorker.Handle("work", (_, _) => Task.FromResult(ran = true))
            .Harness("work", JobStage.PreProcess, async (job, stage) =>
            {
                try
                {
                    throw job.AbortSilently("not today");
                }
                catch (Exception)
                {
                    return await stage(job);
                }
            });
        await using var test = await TestWorker.StartAsync(handlers);
        Assert.Equal(JobReason.AbortSilent, (await test.RunOneAsync(new Job("work"))).Reason);
        Assert.False(ran);
    }

    [Fact]
    public async Task Code_without_the_job_at_hand_can_signal_too()
    {
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("deep", async (job, cancellationToken) =>
        {
            await Task.Yield();
            Assert.Same(job, JobControl.Current);
            await Task.Run(() => throw JobControl.AbortSilently("from below"), cancellationToken);
        }));
        Assert.Equal((JobReason.AbortSilent, "from below"), await ReasonOf(test));
        Assert.Contains("No job is running here", Assert.Throws<InvalidOperationException>(() => JobControl.Abort("outside")).Message, StringComparison.Ordinal);

        static async Task<(JobReason?, string)> ReasonOf(TestWorker test)
        {
            var job = await test.RunOneAsync(new Job("deep"));
            return (job.Reason, job.Failure!.Message);
        }
    }

    [Fact]
    public async Task A_negative_delay_is_refused_at_the_call()
    {
        await using var test = await TestWorker.StartAsync(TestWorker.Handle("hasty", (job, _) => throw job.Snooze(TimeSpan.FromSeconds(-1))));
        Assert.Equal("System.ArgumentOutOfRangeException", (await test.RunOneAsync(new Job("hasty"))).Failure!.Exception);
    }

    private static JobHandlerMap Chain(Func<JobContext, CancellationToken, Task> first) =>
        TestWorker.Handle("first", first).With("second", (_, _) => Task.CompletedTask).With("third", (_, _) => Task.CompletedTask);

    private static JobGraph ChainGraph() => JobGraph.FromTypes(new Dictionary<string, string[]> { ["first"] = [], ["second"] = ["first"], ["third"] = ["second"] });
}
