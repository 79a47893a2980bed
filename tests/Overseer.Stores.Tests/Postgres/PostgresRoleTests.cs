using System.Text.RegularExpressions;
using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>What each role that docs/security.md describes can do, and what it cannot. The grants are read from there.</summary>
public sealed partial class PostgresRoleTests(PostgresServers servers) : PostgresTests(servers)
{
    [Fact]
    public async Task One_that_installs_needs_no_more_than_to_create_in_the_database()
    {
        var owner = await RoleAsync("Installing");

        await using var store = await InstalledAsync(As(owner));

        Assert.Equal(owner, await ScalarAsync("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'overseer'"));
    }

    [Fact]
    public async Task One_that_works_runs_ends_cancels_and_retries_jobs_and_creates_nothing()
    {
        await using var owner = await InstalledAsync();
        var role = await RoleAsync("Working");
        await using var store = await InstalledAsync(As(role));
        var worker = await StartWorkerAsync(store);
        var run = await InsertAllAsync(store);

        Assert.True(await EndAsync(store, worker, "a", lease => new JobEnding.Finish(lease, "1")));
        Assert.True(await EndAsync(store, worker, "b", lease => new JobEnding.Fail(lease, JobReason.Exception, new JobFailure("bad"))));
        Assert.Equal(1, await store.RetryFailedAsync(run));
        Assert.True(await EndAsync(store, worker, "b", lease => new JobEnding.Postpone(lease, PostponeKind.Snooze, TimeSpan.Zero, 10, new JobFailure("later"))));
        Assert.True((await store.BeatAsync(worker, [])).IsAlive);
        Assert.True(await store.CancelJobAsync(JobId.For(run, 1)));
        Assert.Single(await ReserveAsync(store, worker, 1, "named"));
        await ExecuteAsync("UPDATE overseer.worker SET beat_at = '2000-01-01'");
        Assert.Equal(1, (await store.SweepAsync(3, 100)).DeadWorkers);
        await store.RetireWorkerAsync(await StartWorkerAsync(store));

        foreach (var sql in new[] { "CREATE TABLE overseer.mine ()", "DROP TABLE overseer.held", "TRUNCATE overseer.job", "INSERT INTO overseer.schema_version SELECT * FROM overseer.schema_version" })
            await IsRefusedAsync(role, sql);
    }

    [Fact]
    public async Task One_that_enqueues_inserts_and_reads_and_can_do_nothing_to_a_job()
    {
        await using var owner = await InstalledAsync();
        var role = await RoleAsync("Enqueueing");
        await using var store = await InstalledAsync(As(role));

        var run = await InsertAllAsync(store);

        Assert.Equal(2, (await store.GetRunAsync(run))!.Jobs);
        Assert.NotNull(await store.FindRunAsync("key"));
        var worker = await StartWorkerAsync(owner);
        foreach (var refused in new Func<Task>[]
        {
            () => StartWorkerAsync(store), () => ReserveAsync(store, worker, 1, "a"), () => store.CancelRunAsync(run), () => store.CancelJobAsync(JobId.For(run, 0)), () => store.RetryFailedAsync(run),
        })
            Assert.Contains($"the role '{role}' lacks a right", (await Assert.ThrowsAsync<StoreUnusableException>(refused)).Message, StringComparison.Ordinal);
        var lease = Assert.Single(await ReserveAsync(owner, worker, 1, "a")).Lease;
        await Assert.ThrowsAsync<StoreUnusableException>(() => store.EndAsync([new JobEnding.Finish(lease, null)]));

        Assert.True((await owner.EndAsync([new JobEnding.Finish(lease, null)]))[0].Accepted);
        await IsRefusedAsync(role, "UPDATE overseer.job_args SET json = '2'");
        await IsRefusedAsync(role, "INSERT INTO overseer.job_result (run, no, json) VALUES (1, 1, '2')");
    }

    [Fact]
    public async Task One_that_reads_asks_everything_and_writes_nothing()
    {
        await using var owner = await InstalledAsync();
        var run = await InsertAllAsync(owner);
        var role = await RoleAsync("Reading");
        await using var store = await InstalledAsync(As(role));

        Assert.Equal(2, (await store.GetRunAsync(run))!.Jobs);
        Assert.NotEmpty((await store.ListJobsAsync(new JobFilter { Type = "a" })).Jobs);
        Assert.NotEmpty((await store.ListRunsAsync(new RunFilter())).Runs);
        Assert.NotEmpty(await store.CountBacklogAsync());
        Assert.NotNull(await store.ExplainAsync(JobId.For(run, 0)));
        await using var connection = new NpgsqlConnection(As(role));
        await connection.OpenAsync();
        foreach (var view in new[] { "job_view", "run_view", "dependency_view" })
            Assert.NotEqual(0L, await new NpgsqlCommand($"SELECT count(*) FROM overseer.{view}", connection).ExecuteScalarAsync());
        await Assert.ThrowsAsync<StoreUnusableException>(() => store.InsertAsync(JobGraph.Of(new Job("a"))));
        await IsRefusedAsync(role, "DELETE FROM overseer.job");
    }

    // A small graph, a large one that is copied, one with names of its own, and one under a key twice.
    private static async Task<RunId> InsertAllAsync(PostgresJobStore store)
    {
        await store.InsertAsync([JobGraph.Of(new Job("named") { Id = new JobId("mine"), Args = """{"x":1}""" })]);
        var large = new JobGraphBuilder("Large");
        for (var i = 0; i < 600; i++) large.Add(new Job("many"));
        await store.InsertAsync(large.Build("key"));
        Assert.True((await store.InsertAsync(large.Build("key"))).AlreadyExisted);
        var small = new JobGraphBuilder("Small");
        small.Add(new Job("b"), small.Add(new Job("a") { Args = "1" }));
        return (await store.InsertAsync(small.Build())).Run;
    }

    private static async Task<bool> EndAsync(PostgresJobStore store, WorkerId worker, string type, Func<JobLease, JobEnding> ending) =>
        (await store.EndAsync([ending(Assert.Single(await ReserveAsync(store, worker, 1, type)).Lease)]))[0].Accepted;

    private async Task IsRefusedAsync(string role, string sql)
    {
        await using var connection = new NpgsqlConnection(As(role));
        await connection.OpenAsync();
        var error = await Assert.ThrowsAsync<PostgresException>(() => new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    private async Task<string> RoleAsync(string heading)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "security.md"));
        var block = Block().Match(page, page.IndexOf($"## {heading}\n", StringComparison.Ordinal)).Groups[1].Value;
        var database = new NpgsqlConnectionStringBuilder(Database).Database;
        var grants = RoleName().Replace(block.Replace("DATABASE app", $"DATABASE \"{database}\"", StringComparison.Ordinal), "ROLE");
        Assert.Contains("TO ROLE;", grants, StringComparison.Ordinal);
        return await CreateRoleAsync(grants);
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\boverseer_\w+")]
    private static partial Regex RoleName();
}
