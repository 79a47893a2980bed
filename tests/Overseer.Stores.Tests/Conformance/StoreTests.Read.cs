using Xunit;

namespace Overseer.Stores.Tests;

public abstract partial class StoreTests
{
    public static TheoryData<string, RunStatus> Outcomes => new()
    {
        { "finish", RunStatus.Finished },
        { "fail", RunStatus.Failed },
        { "abort", RunStatus.Aborted },
        { "silent", RunStatus.Finished },
        { "cancel", RunStatus.Aborted },
        { "fail abort", RunStatus.Failed },
        { "abort silent finish", RunStatus.Aborted },
        { "silent finish", RunStatus.Finished },
        { "cancel fail", RunStatus.Failed },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task The_status_of_a_run_follows_from_how_its_jobs_ended(string endings, RunStatus expected)
    {
        var ends = endings.Split(' ');
        // Each ends its own way, and each has a dependent that closes with it.
        var run = await InsertAsync([.. ends.SelectMany((_, i) => new[] { $"job{i}", $"after{i}: job{i}" })]);
        for (var i = 0; i < ends.Length; i++)
        {
            Assert.Equal((RunStatus.Active, (DateTimeOffset?)null), ((await RunAsync(run)).Status, (await RunAsync(run)).FinishedAt));
            Clock.Advance(TimeSpan.FromSeconds(1));
            await (ends[i] switch
            {
                "finish" => RunAsync($"job{i}", lease => FinishAsync(lease)),
                "fail" => RunAsync($"job{i}", lease => FailAsync(lease)),
                "abort" => RunAsync($"job{i}", lease => AbortAsync(lease)),
                "silent" => RunAsync($"job{i}", lease => AbortAsync(lease, JobReason.AbortSilent)),
                _ => Store.CancelJobAsync(JobId.For(run, 2 * i)),
            });
            if (ends[i] == "finish") await RunAsync($"after{i}", lease => FinishAsync(lease));
        }

        var ended = await RunAsync(run);
        Assert.Equal((expected, (DateTimeOffset?)Clock.GetUtcNow()), (ended.Status, ended.FinishedAt));
        Assert.Equal(2 * ends.Length, ended.Finished + ended.Failed + ended.Aborted);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var run = await InsertAsync("a");

        Assert.Null(await Store.GetRunAsync(new RunId(99)));
        Assert.Null(await Store.FindRunAsync("nothing"));
        Assert.Null(await Store.GetJobAsync(new JobId("nobody")));
        Assert.Null(await Store.GetJobAsync(JobId.For(run, 1)));
        Assert.Null(await Store.GetJobAsync(default));
        Assert.Empty(await Store.ListJobsAsync(new RunId(99)));
    }

    [Fact]
    public async Task Jobs_are_listed_in_pages_by_number_and_by_type()
    {
        var run = await InsertAsync(JobGraph.Of(Enumerable.Range(0, 10).Select(number => new Job(number % 3 == 0 ? "third" : "other"))));
        await InsertAsync("third");

        Assert.Equal([4, 5, 6], (await Store.ListJobsAsync(run, from: 4, limit: 3)).Select(job => job.Number));
        Assert.Equal([8, 9], (await Store.ListJobsAsync(run, from: 8, limit: 3)).Select(job => job.Number));
        Assert.Equal([3, 6], (await Store.ListJobsAsync(run, "third", from: 1, limit: 2)).Select(job => job.Number));
        Assert.Empty(await Store.ListJobsAsync(run, "none"));
        Assert.Empty(await Store.ListJobsAsync(run, from: 10));
    }

    public static TheoryData<string> Texts =>
    [
        "",
        """{"nul":"a\u0000b"}""",
        "\"🙂 \u2028 \u2029 \u200f עברית 日本\"",
        """{"number":123456789012345678901234567890.10,"twice":1,"twice":2}""",
        "  { \"kept\" : \"as it is\" }\r\n",
        "'; DROP TABLE job; -- \"%_\\",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Args_and_results_come_back_as_they_were(string text)
    {
        var run = await InsertAsync(JobGraph.Of(Job.FromJson("a", text)));
        var worker = await StartWorkerAsync();

        var reserved = Assert.Single(await ReserveAsync(worker, 1, "a"));
        await FinishAsync(reserved.Lease, text);

        Assert.Equal(text, reserved.Args);
        var job = await JobAsync(run, 0);
        Assert.Equal((text, text), (job.Args, job.Result));
    }

    [Fact]
    public async Task Args_and_results_of_a_megabyte_come_back_as_they_were()
    {
        var text = '"' + string.Concat(Enumerable.Repeat("0123456789🙂", 80_000)) + '"';
        await InsertAsync(JobGraph.Of(Job.FromJson("a", text), new Job("b")));
        var worker = await StartWorkerAsync();
        var reserved = Assert.Single(await ReserveAsync(worker, 1, "a"));
        await FinishAsync(reserved.Lease, text);

        Assert.Equal(text, reserved.Args);
        Assert.Equal(text, (await JobAsync(reserved.Lease.Run, 0)).Result);
    }

    [Fact]
    public async Task A_job_without_args_or_result_has_none()
    {
        var run = await InsertAsync(JobGraph.Of(new Job("a")));
        await RunAsync("a", lease => FinishAsync(lease, null));

        var job = await JobAsync(run, 0);
        Assert.Null(job.Args);
        Assert.Null(job.Result);
    }

    [Theory]
    [InlineData("plain", null, null)]
    [InlineData("of\ntwo lines, 🙂 and \u2028", "My.Exception", "  at A\r\n  at B")]
    [InlineData("", "", "")]
    public async Task A_failure_comes_back_as_it_was(string message, string? exception, string? details)
    {
        var run = await InsertAsync("a");
        var failure = new JobFailure(message, exception, details);
        await RunAsync("a", lease => EndAsync(new JobEnding.Fail(lease, JobReason.Exception, failure)));

        Assert.Equal(failure, (await JobAsync(run, 0)).Failure);
    }

    [Fact]
    public async Task A_failure_replaces_the_one_before()
    {
        var run = await InsertAsync(JobGraph.Of(new Job("a") { MaxAttempts = 2 }));
        await RunAsync("a", lease => FailAsync(lease));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync("a", lease => EndAsync(new JobEnding.Fail(lease, JobReason.Exception, new JobFailure("second"))));

        Assert.Equal(new JobFailure("second"), (await JobAsync(run, 0)).Failure);
    }
}
