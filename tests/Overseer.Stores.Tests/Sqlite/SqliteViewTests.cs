using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>What a person sees who opens the file.</summary>
public sealed class SqliteViewTests : SqliteTests
{
    [Theory]
    [InlineData("job_view", "id, run_id, graph, type, status, reason, attempt, max_attempts, losses, queue, priority, args, result, failure, waiting_on, worker, created_at, run_at, started_at, heartbeat_at, finished_at")]
    [InlineData("run_view", "id, key, graph, version, status, jobs, finished, failed, aborted, created_at, finished_at")]
    [InlineData("dependency_view", "run_id, job_id, depends_on")]
    public async Task A_view_has_the_promised_columns(string view, string columns)
    {
        await OpenInstalledAsync();

        Assert.Equal(columns, string.Join(", ", TestFolder.Query(File, $"SELECT name FROM pragma_table_info('{view}') ORDER BY cid").Select(row => row[0])));
    }

    [Fact]
    public async Task Jobs_runs_and_dependencies_read_as_words_and_times()
    {
        var store = await OpenInstalledAsync();
        var builder = new JobGraphBuilder("Daily");
        var extract = builder.Add(Job.FromJson("extract", """{"day":1}""", "monday"));
        var clean = builder.Add(new Job("clean"), extract);
        builder.Add(new Job("publish"), clean);
        builder.Add(new Job("other"));
        var graph = builder.Build(key: "daily-1");
        await store.InsertAsync(graph);
        var worker = await StartWorkerAsync(store);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var lease = Assert.Single(await ReserveAsync(store, worker, 1, "extract")).Lease;
        await ReserveAsync(store, worker, 1, "other");
        Clock.Advance(TimeSpan.FromMilliseconds(1500));
        await store.EndAsync([new JobEnding.Fail(lease, JobReason.Exception, new JobFailure("no rows", "System.InvalidOperationException", "at X"))]);

        const string created = "2026-03-04T05:06:07.089Z";
        const string started = "2026-03-04T05:06:08.089Z";
        const string ended = "2026-03-04T05:06:09.589Z";
        Assert.Equal(
            [
                ["monday", "1", "Daily", "extract", "failed", "exception", "1", "1", "0", "default", "0", """{"day":1}""", "null",
                    "System.InvalidOperationException: no rows", "0", "null", created, created, started, "null", ended],
                ["1-1", "1", "Daily", "clean", "aborted", "dependency_failed", "0", "1", "0", "default", "0", "null", "null",
                    "Dependency extract (monday) failed: exception.", "1", "null", created, created, "null", "null", ended],
                ["1-2", "1", "Daily", "publish", "aborted", "dependency_failed", "0", "1", "0", "default", "0", "null", "null",
                    "Dependency clean (1-1) was aborted: dependency_failed.", "1", "null", created, created, "null", "null", ended],
                ["1-3", "1", "Daily", "other", "started", "null", "1", "1", "0", "default", "0", "null", "null",
                    "null", "0", "host:1", created, created, started, created, "null"],
            ],
            TestFolder.Query(File, "SELECT * FROM job_view ORDER BY id = 'monday' DESC, id"));
        Assert.Equal([["1", "daily-1", "Daily", graph.Version, "active", "4", "0", "1", "2", created, "null"]], TestFolder.Query(File, "SELECT * FROM run_view"));
        Assert.Equal([["1", "1-1", "monday"], ["1", "1-2", "1-1"]], TestFolder.Query(File, "SELECT * FROM dependency_view ORDER BY job_id"));
    }

    [Fact]
    public async Task A_view_says_of_failures_and_runs_what_the_store_says()
    {
        var store = await OpenInstalledAsync();
        var worker = await StartWorkerAsync(store);
        foreach (var end in new Func<JobLease, JobEnding>[]
        {
            lease => new JobEnding.Finish(lease, "1"),
            lease => new JobEnding.Fail(lease, JobReason.Timeout, new JobFailure("late")),
            lease => new JobEnding.Abort(lease, JobReason.Abort, new JobFailure("no")),
            lease => new JobEnding.Abort(lease, JobReason.AbortSilent, new JobFailure("")),
        })
        {
            var builder = new JobGraphBuilder("Two");
            builder.Add(new Job("second"), builder.Add(new Job("first")));
            await store.InsertAsync(builder.Build());
            await store.EndAsync([end(Assert.Single(await ReserveAsync(store, worker, 1, "first")).Lease)]);
            if (await ReserveAsync(store, worker, 1, "second") is [var second]) await store.EndAsync([new JobEnding.Finish(second.Lease, null)]);
        }

        foreach (var row in TestFolder.Query(File, "SELECT id, status FROM run_view"))
            Assert.Equal((await store.GetRunAsync(new RunId(int.Parse(row[0], null))))!.Status.ToWord(), row[1]);
        foreach (var row in TestFolder.Query(File, "SELECT id, status, failure FROM job_view"))
        {
            var job = (await store.GetJobAsync(new JobId(row[0])))!;
            Assert.Equal((job.Status.ToWord(), job.Failure?.Message ?? "null"), (row[1], row[2]));
        }
    }
}
