using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>Rows that somebody edited by hand: the jobs they are about may be lost, what else is in the store is not.</summary>
public abstract class EditedRowTests : IAsyncLifetime
{
    public sealed record Note(string Text);

    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();

    private IJobStore store = null!;

    protected abstract Task<IJobStore> OpenAsync();

    protected abstract Task ExecuteAsync(string sql);

    /// <summary>Sets the stored type of job 0 of run 1.</summary>
    protected abstract string SetType(string type);

    /// <summary>Sets the stored args of job 0 of run 1.</summary>
    protected abstract string SetArgs(string json);

    public async ValueTask InitializeAsync() => store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("system.io.fileinfo")]
    [InlineData("System.IO.FileInfo, System.Runtime, Version=10.0.0.0")]
    [InlineData("'; drop table job; --")]
    public async Task A_job_of_a_type_that_nobody_knows_waits_and_holds_up_no_other(string type)
    {
        await InsertAsync();
        await ExecuteAsync(SetType(type));
        var job = await RunOthersAsync();
        Assert.Equal((JobStatus.Unstarted, type), (job.Status, job.Type));
    }

    [Theory]
    [InlineData("""{"$type":"System.IO.FileInfo, System.Runtime","Text":"x"}""", "finished x")]
    [InlineData("""{"Text":"x","$type":"System.IO.FileInfo, System.Runtime","$id":"1","$ref":"2"}""", "finished x")]
    [InlineData("""{"Text":""", "failed")]
    [InlineData("", "failed")]
    [InlineData("[]", "failed")]
    [InlineData("""{"Text":"\ud800"}""", "failed")]
    [InlineData("""{"Text":{"$type":"System.IO.FileInfo, System.Runtime","OriginalPath":"/etc/passwd"}}""", "failed")]
    public async Task Args_are_read_as_the_type_that_the_handler_declares_whatever_they_say(string json, string expected)
    {
        await InsertAsync();
        await ExecuteAsync(SetArgs(json));
        var job = await RunOthersAsync();
        Assert.Equal(expected, job.Status == JobStatus.Finished ? $"finished {job.Result!.Trim('"')}" : job.Reason == JobReason.Unreadable ? "failed" : $"{job.Status} {job.Reason}");
    }

    [Theory]
    [InlineData("status = 9")]
    [InlineData("status = -1")]
    [InlineData("status = 3, reason = 99")]
    [InlineData("status = 4, reason = -1")]
    [InlineData("status = 3, reason = NULL")]
    [InlineData("waiting = -1")]
    [InlineData("waiting = 2000000000")]
    [InlineData("closed = -5")]
    [InlineData("attempt = -5, max_attempts = -7")]
    [InlineData("max_attempts = 0")]
    [InlineData("losses = -3, snoozes = -1, faults = -1")]
    [InlineData("losses = 30000")]
    [InlineData("lease = -9223372036854775807")]
    [InlineData("cause = 77")]
    [InlineData("no = 5")]
    public async Task Numbers_that_no_job_can_have_can_be_read_and_hold_up_no_other(string change)
    {
        await InsertAsync();
        await ExecuteAsync($"UPDATE job SET {change} WHERE run = 1 AND no = 0");
        await RunOthersAsync();
        var run = await store.GetRunAsync(new RunId(1));
        Assert.Equal(2, run!.Jobs);
        Assert.Equal(2, (await store.ListJobsAsync(run.Id)).Count);
        await store.CancelRunAsync(run.Id);
        await store.RetryFailedAsync(run.Id);
    }

    [Fact]
    public async Task A_job_that_was_closed_for_a_reason_that_nobody_knows_can_be_read()
    {
        await InsertAsync();
        await ExecuteAsync("UPDATE job SET status = 3, reason = 99 WHERE run = 1 AND no = 0; UPDATE job SET status = 4, reason = 11, closed = 1, cause = 0 WHERE run = 1 AND no = 1");
        var closed = (await store.ListJobsAsync(new RunId(1)))[1];
        Assert.Equal("Dependency note (1-0) failed: unknown (99).", closed.Failure!.Message);
    }

    private Task<InsertAnswer> InsertAsync()
    {
        var builder = new JobGraphBuilder("Edited");
        var first = builder.Add(Job.Create("note", new Note("one")));
        builder.DependsOn(builder.Add(Job.Create("after", new Note("two"))), first);
        return store.InsertAsync(builder.Build());
    }

    /// <summary>Runs another run beside the edited one, then all of the edited one that can be run.</summary>
    /// <returns>Its first job.</returns>
    private async Task<Job> RunOthersAsync()
    {
        var handlers = new JobHandlerMap().With<Note, string>("note", (_, note, _) => Task.FromResult(note.Text)).With<Note, string>("after", (_, note, _) => Task.FromResult(note.Text));
        var options = new OverseerOptions { DetectorSleep = TimeSpan.FromMilliseconds(2), IdleSleep = TimeSpan.FromMilliseconds(10), HeartbeatSleep = TimeSpan.FromMilliseconds(100), HeartbeatTolerance = 100 };
        await using (await OverseerWorker.StartAsync(store, handlers, services, options))
        {
            var run = await new OverseerClient(store, handlers).TransactAsync(JobGraph.Of(Job.Create("note", new Note("x")), Job.Create("after", new Note("x"))));
            Assert.Equal(RunStatus.Finished, (await run.WaitAsync().WaitAsync(TimeSpan.FromSeconds(30))).Status);
        }

        return (await store.ListJobsAsync(new RunId(1), limit: 10))[0];
    }
}

public sealed class SqliteEditedRowTests : EditedRowTests
{
    private readonly TestFolder folder = new();

    protected override async Task<IJobStore> OpenAsync()
    {
        var store = new SqliteJobStore(folder.File("store.db"));
        await store.InstallAsync();
        return store;
    }

    protected override Task ExecuteAsync(string sql)
    {
        try
        {
            TestFolder.Execute(folder.File("store.db"), sql);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            // The schema itself does not take it.
        }

        return Task.CompletedTask;
    }

    protected override string SetType(string type) => $"UPDATE job SET type = '{type.Replace("'", "''", StringComparison.Ordinal)}' WHERE run = 1 AND no = 0";

    protected override string SetArgs(string json) => $"UPDATE job_args SET json = '{json.Replace("'", "''", StringComparison.Ordinal)}' WHERE run = 1 AND no = 0";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresEditedRowTests(PostgresServers servers) : EditedRowTests
{
    private string database = "";

    protected override async Task<IJobStore> OpenAsync()
    {
        database = await (await servers.OldestAsync()).CreateDatabaseAsync();
        var store = new PostgresJobStore(database, new PostgresStoreOptions { Listen = false });
        await store.InstallAsync();
        return store;
    }

    protected override Task ExecuteAsync(string sql) => PostgresServer.ExecuteAsync(
        database,
        $"""
        DO $do$ BEGIN EXECUTE (SELECT string_agg(format('ALTER TABLE overseer.job DROP CONSTRAINT %I', conname), '; ') FROM pg_constraint WHERE conrelid = 'overseer.job'::regclass AND contype = 'c'); END $do$;
        SET search_path = overseer;
        {sql};
        """);

    protected override string SetType(string type) =>
        $"""
        INSERT INTO job_type (name) VALUES ('{type.Replace("'", "''", StringComparison.Ordinal)}');
        UPDATE job SET type = (SELECT max(id) FROM job_type) WHERE run = 1 AND no = 0;
        UPDATE ready SET type = (SELECT max(id) FROM job_type) WHERE run = 1 AND no = 0
        """;

    protected override string SetArgs(string json)
    {
        var text = json.Replace("'", "''", StringComparison.Ordinal);
        return $"UPDATE run SET args = '{text}' WHERE id = 1; UPDATE job_args SET json = '{text}' WHERE run = 1 AND slot = (SELECT args_slot FROM job WHERE run = 1 AND no = 0)";
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await servers.OldestAsync()).DropDatabaseAsync(database);
    }
}
