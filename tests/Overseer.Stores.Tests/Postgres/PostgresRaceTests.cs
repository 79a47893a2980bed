using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>Two transactions at one time, made to meet: the test holds a lock until the other side waits for it.</summary>
public sealed class PostgresRaceTests(PostgresServers servers) : PostgresWorkerTests(servers)
{
    // Without the lock before the read, both would read their edge and lower the count from the same value: one would wait and lose.
    [Fact]
    public async Task Two_dependencies_that_finish_at_once_release_their_dependent_once()
    {
        var run = await InsertAsync("a", "b", "c: a, b");
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await using var gate = await HoldAsync("SELECT FROM overseer.job WHERE no = 2 FOR UPDATE");

        var ends = new[] { Store.EndAsync([new JobEnding.Finish(a, null)]), Store.EndAsync([new JobEnding.Finish(b, null)]) };
        await UntilWaitingAsync(2);
        await gate.DisposeAsync();
        await Task.WhenAll(ends);

        Assert.Equal((0, "1"), ((await Store.GetJobAsync(JobId.For(run, 2)))!.WaitingOn, await ScalarAsync("SELECT count(*) FROM overseer.ready")));
        Assert.Single(await ReserveAsync(Store, Worker, 5, "c"));
    }

    [Fact]
    public async Task A_finish_and_a_failure_at_once_close_the_dependent_and_lower_its_count()
    {
        var run = await InsertAsync("a", "b", "c: a, b");
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await using var gate = await HoldAsync("SELECT FROM overseer.job WHERE no = 2 FOR UPDATE");

        var ends = new[] { Store.EndAsync([new JobEnding.Finish(a, null)]), Store.EndAsync([new JobEnding.Fail(b, JobReason.Timeout, new JobFailure("late"))]) };
        await UntilWaitingAsync(2);
        await gate.DisposeAsync();
        await Task.WhenAll(ends);

        var job = (await Store.GetJobAsync(JobId.For(run, 2)))!;
        Assert.Equal((JobStatus.Aborted, JobReason.DependencyFailed, 1), (job.Status, job.Reason, job.WaitingOn));
        Assert.Equal("0", await ScalarAsync("SELECT count(*) FROM overseer.ready"));
        Assert.Equal((RunStatus.Failed, 1, 1, 1), (await Store.GetRunAsync(run))! is var ended ? (ended.Status, ended.Finished, ended.Failed, ended.Aborted) : default);
    }

    [Fact]
    public async Task A_claim_does_not_wait_for_a_job_that_is_being_cancelled_and_does_not_take_it()
    {
        await InsertAsync("a");
        var other = await InsertAsync("a");
        await using var gate = await HoldAsync("SELECT FROM overseer.job WHERE run = 1 FOR UPDATE");

        Assert.Equal([other], (await ReserveAsync(Store, Worker, 5, "a").WaitAsync(TimeSpan.FromSeconds(30))).Select(job => job.Lease.Run));
        var cancel = Store.CancelRunAsync(new RunId(1));
        await UntilWaitingAsync(1);
        await gate.DisposeAsync();

        Assert.Equal(1, await cancel);
        Assert.Empty(await ReserveAsync(Store, Worker, 5, "a"));
    }

    [Fact]
    public async Task Of_a_cancel_and_a_finish_of_one_job_the_first_counts()
    {
        var run = await InsertAsync("a", "b: a");
        var lease = await StartAsync("a");
        await using var gate = await HoldAsync("SELECT FROM overseer.job WHERE no = 0 FOR UPDATE");

        var cancel = Store.CancelJobAsync(JobId.For(run, 0));
        await UntilWaitingAsync(1);
        var finish = Store.EndAsync([new JobEnding.Finish(lease, null)]);
        await UntilWaitingAsync(2);
        await gate.DisposeAsync();

        Assert.NotEqual(await cancel, (await finish)[0].Accepted);
        Assert.Equal(await cancel ? "aborted aborted" : "finished unstarted", await ScalarAsync("SELECT string_agg(status, ' ' ORDER BY id) FROM overseer.job_view"));
    }

    [Fact]
    public async Task A_retry_reopens_a_job_that_fails_while_it_waits_with_all_that_it_closed()
    {
        var run = await InsertAsync("a", "b", "c: a, b");
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await Store.EndAsync([new JobEnding.Fail(a, JobReason.Timeout, new JobFailure("late"))]);
        await using var gate = await HoldAsync("SELECT FROM overseer.job WHERE no = 1 FOR UPDATE");

        var fail = Store.EndAsync([new JobEnding.Fail(b, JobReason.Timeout, new JobFailure("late"))]);
        await UntilWaitingAsync(1);
        var retry = Store.RetryFailedAsync(run);
        await UntilWaitingAsync(2);
        await gate.DisposeAsync();
        await fail;

        Assert.Equal(3, await retry);
        Assert.Equal("unstarted 0 unstarted 0 unstarted 0", await ScalarAsync("SELECT string_agg(s.word || ' ' || j.closed, ' ' ORDER BY j.no) FROM overseer.job AS j JOIN overseer.job_status AS s ON s.code = j.status"));
    }

    [Fact]
    public async Task Two_sweeps_at_once_take_each_job_back_once()
    {
        await Store.InsertAsync(JobGraph.Of(Enumerable.Range(0, 50).Select(_ => new Job("a"))));
        Assert.Equal(50, (await ReserveAsync(Store, Worker, 50, "a")).Count);
        await ExecuteAsync("DELETE FROM overseer.worker");
        await using var gate = await HoldAsync("SELECT FROM overseer.run FOR UPDATE");

        var sweeps = new[] { Store.SweepAsync(3, 1000), Store.SweepAsync(3, 1000) };
        await UntilWaitingAsync(2);
        await gate.DisposeAsync();
        var answers = await Task.WhenAll(sweeps);

        Assert.Equal(50, answers.Sum(answer => answer.Jobs.Count));
        Assert.Equal([["1"]], await QueryAsync("SELECT DISTINCT losses FROM overseer.job"));
        Assert.Equal("50", await ScalarAsync("SELECT count(*) FROM overseer.ready WHERE is_suspect"));
    }

    [Fact]
    public async Task A_worker_that_is_claiming_is_not_taken_for_dead_and_one_that_was_claims_nothing()
    {
        await InsertAsync("a");
        await ExecuteAsync("UPDATE overseer.worker SET beat_at = now() - interval '1 hour'");
        await using (var claiming = await HoldAsync("SELECT FROM overseer.worker FOR KEY SHARE"))
            Assert.Equal(0, (await Store.SweepAsync(3, 100).WaitAsync(TimeSpan.FromSeconds(30))).DeadWorkers);

        await using var gate = await HoldAsync("DELETE FROM overseer.worker", commits: true);
        var claim = ReserveAsync(Store, Worker, 5, "a");
        await UntilWaitingAsync(1);
        await gate.DisposeAsync();

        Assert.Empty(await claim);
        Assert.Equal("unstarted", await ScalarAsync("SELECT status FROM overseer.job_view"));
    }

    // It would hold that lock until it commits, and the finish of the other worker would wait for it.
    [Fact]
    public async Task A_claim_that_began_before_another_took_the_job_does_not_lock_it()
    {
        await InsertAsync("a");
        // For this role, which does not own the table, each row of it has to be looked at behind a gate.
        await ExecuteAsync("""
            CREATE FUNCTION pass() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN true; END';
            ALTER TABLE overseer.ready ENABLE ROW LEVEL SECURITY;
            CREATE POLICY gate ON overseer.ready USING (pass())
            """);
        await using var slow = await InstalledAsync(As(await CreateRoleAsync(WorkerGrants)));
        var waits = await StartWorkerAsync(slow);
        await using var gate = await HoldAsync("SELECT pg_advisory_xact_lock(1)");
        var late = ReserveAsync(slow, waits, 5, "a");
        await UntilWaitingAsync(1);

        Assert.Single(await ReserveAsync(Store, Worker, 5, "a"));
        await gate.DisposeAsync();

        Assert.Empty(await late);
        // The last that locked the row is the one that wrote it.
        Assert.Equal("True", await ScalarAsync("SELECT xmax IN (xmin, '0'::xid) FROM overseer.job"));
    }

    [Fact]
    public async Task A_claim_goes_on_where_the_last_one_ended_and_still_finds_what_comes_in_before_that()
    {
        await using var elsewhere = await InstalledAsync();
        var clock = new FakeTimeProvider();
        await using var store = new PostgresJobStore(Database, new PostgresStoreOptions { Listen = false }, clock);
        foreach (var second in new[] { 20, 20, 20, 20 }) await InsertAsync(store, second);
        Assert.Equal(1, await ClaimAsync());

        var here = await InsertAsync(store, second: 19.8);
        Assert.Equal(here, await ClaimAsync());
        Assert.Equal(2, await ClaimAsync());
        var there = await InsertAsync(elsewhere, second: 19.8);
        Assert.Equal(3, await ClaimAsync());
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(there, await ClaimAsync());
        var far = await InsertAsync(elsewhere, second: 1);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(4, await ClaimAsync());
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(far, await ClaimAsync());

        async Task<long> ClaimAsync() => Assert.Single(await ReserveAsync(store, Worker, 1, "a")).Lease.Run.Number;

        async Task<long> InsertAsync(IJobStore store, double second)
        {
            var run = (await store.InsertAsync(JobGraph.Of(new Job("a")))).Run.Number;
            var due = FormattableString.Invariant($"'epoch'::timestamptz + interval '{second} s'");
            await ExecuteAsync($"UPDATE overseer.job SET run_at = {due} WHERE run = {run}");
            await ExecuteAsync($"UPDATE overseer.ready SET due = {due} WHERE run = {run}");
            return run;
        }
    }

    // Or each look of an idle worker would wait for a disk.
    [Fact]
    public async Task A_claim_that_finds_nothing_writes_nothing()
    {
        Assert.Empty(await ReserveAsync(Store, Worker, 5, "a", "b"));
        var row = await ScalarAsync("SELECT xmin::text || ' ' || xmax::text || ' ' || is_idle FROM overseer.worker");
        Assert.EndsWith(" 0 true", row, StringComparison.Ordinal);
        Assert.Empty(await ReserveAsync(Store, Worker, 5, "a", "b"));
        Assert.Equal(row, await ScalarAsync("SELECT xmin::text || ' ' || xmax::text || ' ' || is_idle FROM overseer.worker"));
    }

    [Fact]
    public async Task What_lies_behind_jobs_of_another_type_that_are_just_being_claimed_is_claimed()
    {
        foreach (var type in new[] { "a", "b" })
        {
            var builder = new JobGraphBuilder("Test");
            builder.Add(new Job(type));
            await Store.InsertAsync(builder.Build());
        }

        await using var other = new NpgsqlConnection(Database);
        await other.OpenAsync();
        await using var claiming = await other.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("SELECT * FROM overseer.ready WHERE run = (SELECT min(run) FROM overseer.ready) FOR UPDATE", other, claiming);
        await command.ExecuteNonQueryAsync();

        Assert.Equal("b", Assert.Single(await ReserveAsync(Store, Worker, 1, "a", "b")).Type);
        await claiming.RollbackAsync();
        Assert.Equal("a", Assert.Single(await ReserveAsync(Store, Worker, 1, "a", "b")).Type);
    }

    // Every batch is sorted, so it does not matter in which order the workers tell.
    [Fact]
    public async Task Batches_that_share_dependents_in_every_order_meet_no_deadlock()
    {
        const int width = 200;
        var builder = new JobGraphBuilder("Bipartite");
        Job[] first = [.. Enumerable.Range(0, width).Select(_ => builder.Add(new Job("first")))];
        for (var i = 0; i < width; i++) builder.Add(new Job("second"), [.. Enumerable.Range(0, 20).Select(k => first[(i + (k * 7)) % width])]);
        await Store.InsertAsync(builder.Build());
        var random = new Random(7);
        var leases = (await ReserveAsync(Store, Worker, width, "first")).Select(job => job.Lease).ToArray();
        random.Shuffle(leases);

        await Task.WhenAll(leases.Chunk(10).Select(batch => Task.Run(() => Store.EndAsync([.. batch.Select(lease => new JobEnding.Finish(lease, null))]))));

        Assert.Equal(width, (await ReserveAsync(Store, Worker, 2 * width, "second")).Count);
        await ExecuteAsync("SELECT pg_stat_force_next_flush()");
        Assert.Equal("0", await ScalarAsync("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task Jobs_whose_claim_was_never_answered_are_given_back_uncounted()
    {
        await InsertAsync("a");
        await InsertAsync("b");
        var known = await StartAsync("b");
        // As if the connection had broken after the commit: the database gave a job that nobody here knows of.
        await using (var lost = await InstalledAsync()) Assert.Single(await ReserveAsync(lost, Worker, 1, "a"));
        Store.Doubt(Worker, long.Parse(await ScalarAsync("SELECT batch FROM overseer.held WHERE runs = '{1}'"), null));

        var again = Assert.Single(await ReserveAsync(Store, Worker, 1, "a"));

        Assert.Equal((1, 0, 2), (again.Attempt, again.Losses, again.Lease.Number));
        Assert.True((await Store.EndAsync([new JobEnding.Finish(known, null)]))[0].Accepted);
    }

    [Fact]
    public async Task A_handed_over_job_whose_answer_was_lost_is_given_back_by_the_next_beat()
    {
        await InsertAsync("a");
        await using (var lost = await InstalledAsync()) Assert.Single(await ReserveAsync(lost, Worker, 1, "a"));
        Store.Doubt(Worker, long.Parse(await ScalarAsync("SELECT batch FROM overseer.held"), null));

        Assert.True((await Store.BeatAsync(Worker, [])).IsAlive);

        while (await ScalarAsync("SELECT status FROM overseer.job_view") != "unstarted") await Task.Delay(10);
        Assert.Equal("0 0", await ScalarAsync("SELECT attempt || ' ' || (SELECT count(*) FROM overseer.held) FROM overseer.job"));
    }

    private async Task<RunId> InsertAsync(params string[] jobs)
    {
        var builder = new JobGraphBuilder("Test");
        var known = new Dictionary<string, Job>();
        foreach (var job in jobs)
        {
            var parts = job.Split(": ");
            known.Add(parts[0], builder.Add(new Job(parts[0]), [.. parts.Skip(1).SelectMany(names => names.Split(", ")).Select(name => known[name])]));
        }

        return (await Store.InsertAsync(builder.Build())).Run;
    }

    private async Task<JobLease> StartAsync(string type) => Assert.Single(await ReserveAsync(Store, Worker, 1, type)).Lease;
}
