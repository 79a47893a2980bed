using Xunit;

namespace Overseer.Tests.Worker;

public sealed class RunTimeHarnessTests
{
    [Fact]
    public async Task Every_stage_can_be_wrapped_whether_or_not_the_handler_has_it()
    {
        var seen = new List<string>();
        StageWrap Note(string name) => async (job, stage) =>
        {
            seen.Add($"{name} in");
            var value = await stage(job);
            seen.Add($"{name} out: {(value is JobContext ? "job" : value)}");
            return value;
        };
        var handlers = new JobHandlerMap().With<int, int>("double", (_, args, _) => Task.FromResult(args * 2))
            .Harness("double", JobStage.PreProcess, Note("pre"))
            .Harness("double", JobStage.Process, Note("inner"))
            .Harness("double", JobStage.Process, Note("outer"))
            .Harness("double", JobStage.PostProcess, Note("post"));
        await using var test = await TestWorker.StartAsync(handlers);
        await test.RunOneAsync(Job.Create("double", 21));
        Assert.Equal(
            ["pre in", "pre out: job", "outer in", "inner in", "inner out: 42", "outer out: 42", "post in", "post out: 42"],
            seen);
    }

    [Fact]
    public async Task A_harness_may_replace_the_result()
    {
        var handlers = new JobHandlerMap().With<int, int>("double", (_, args, _) => Task.FromResult(args * 2))
            .Harness("double", JobStage.PostProcess, async (job, stage) => (int)(await stage(job))! + 1);
        await using var test = await TestWorker.StartAsync(handlers);
        Assert.Equal("43", (await test.RunOneAsync(Job.Create("double", 21))).Result);
    }

    [Fact]
    public async Task A_harness_that_returns_another_type_fails_the_job_with_a_reason()
    {
        var handlers = new JobHandlerMap().With<int, int>("double", (_, args, _) => Task.FromResult(args * 2))
            .Harness("double", JobStage.Process, (_, _) => new ValueTask<object?>("text"));
        await using var test = await TestWorker.StartAsync(handlers);
        Assert.Contains("returned System.String where System.Int32 is expected", (await test.RunOneAsync(Job.Create("double", 21))).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_harness_for_an_unknown_type_is_refused() =>
        Assert.Contains("'doubel' has no handler", Assert.Throws<ArgumentException>(() => new JobHandlerMap().Harness("doubel", JobStage.Process, (job, stage) => stage(job))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_run_time_handler_with_a_bad_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => new JobHandlerMap().With("Bad Name", (_, _) => Task.CompletedTask));

    [Fact]
    public void A_run_time_handler_replaces_one_of_the_same_type()
    {
        var map = new JobHandlerMap().With("a", (_, _) => Task.CompletedTask).With<int, int>("a", (_, args, _) => Task.FromResult(args));
        Assert.Equal(typeof(int), Assert.Single(map.Handlers).Args);
    }
}
