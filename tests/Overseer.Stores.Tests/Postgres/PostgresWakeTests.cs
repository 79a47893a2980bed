using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>The first claim of a worker that was idle and has been told that something is ready.</summary>
public sealed class PostgresWakeTests(PostgresServers servers) : PostgresWorkerTests(servers)
{
    private const string Row = "SELECT xmin::text || ' ' || is_idle FROM overseer.worker";

    [Fact]
    public async Task It_takes_the_jobs_that_are_longest_due()
    {
        await IdleAsync("a", "b");
        foreach (var type in new[] { "b", "a", "b", "a" }) await InsertAsync(type);

        Assert.Equal([1, 2], await ClaimAsync(2, "a", "b"));
        Assert.Equal([3, 4], await ClaimAsync(5, "a", "b"));
    }

    // Or under an old snapshot its row would grow by a version with each job that comes alone.
    [Fact]
    public async Task A_worker_says_that_it_is_idle_until_its_claims_have_brought_jobs_for_a_second()
    {
        var clock = new FakeTimeProvider();
        await using var store = new PostgresJobStore(Database, new PostgresStoreOptions { Listen = false }, clock);
        Assert.Empty(await ReserveAsync(store, Worker, 1, "a"));
        var row = await ScalarAsync(Row);
        for (var i = 0; i < 5; i++) await store.InsertAsync(JobGraph.Of(new Job("a")));

        Assert.Single(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Single(await ReserveAsync(store, Worker, 1, "a"));
        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Single(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Equal(row, await ScalarAsync(Row));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Single(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Equal("False", await ScalarAsync("SELECT is_idle FROM overseer.worker"));

        Assert.Single(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Empty(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Empty(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Equal("True", await ScalarAsync("SELECT is_idle FROM overseer.worker"));
        await store.InsertAsync(JobGraph.Of(new Job("a")));
        Assert.Single(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Equal("True", await ScalarAsync("SELECT is_idle FROM overseer.worker"));
    }

    // Or each insert would notify, and the server commits those one by one.
    [Fact]
    public async Task A_worker_that_gets_a_thousand_jobs_in_a_second_looks_again_through_short_gaps_instead_of_being_told()
    {
        var clock = new FakeTimeProvider();
        await using var store = new PostgresJobStore(Database, new PostgresStoreOptions { Listen = false }, clock);
        await store.InsertAsync([.. Enumerable.Range(0, 1000).Select(_ => JobGraph.Of(new Job("a")))]);
        Assert.Empty(await ReserveAsync(store, Worker, 1, "b"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1000, (await ReserveAsync(store, Worker, 1000, "a")).Count);
        await InsertAsync("a");
        Assert.Single(await ReserveAsync(store, Worker, 10, "a"));
        Assert.Equal("False", await ScalarAsync("SELECT is_idle FROM overseer.worker"));

        Assert.Empty(await ReserveAsync(store, Worker, 10, "a"));
        Assert.Equal("False", await ScalarAsync("SELECT is_idle FROM overseer.worker"));
        var wait = store.WaitForReadyAsync(store.ReadySignals, TimeSpan.FromMinutes(1));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(2));
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromMilliseconds(17));
        await InsertAsync("a");
        Assert.Single(await ReserveAsync(store, Worker, 10, "a"));
        clock.Advance(TimeSpan.FromMilliseconds(19));
        Assert.Empty(await ReserveAsync(store, Worker, 10, "a"));
        Assert.Equal("False", await ScalarAsync("SELECT is_idle FROM overseer.worker"));

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(await ReserveAsync(store, Worker, 10, "a"));
        Assert.Equal("True", await ScalarAsync("SELECT is_idle FROM overseer.worker"));
        await InsertAsync("a");
        await InsertAsync("a");
        Assert.Single(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Single(await ReserveAsync(store, Worker, 1, "a"));
        Assert.Equal("True", await ScalarAsync("SELECT is_idle FROM overseer.worker"));
        wait = store.WaitForReadyAsync(store.ReadySignals, TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task One_that_could_not_look_again_does_not_keep_others_from_sleeping()
    {
        var clock = new FakeTimeProvider();
        await using var store = new PostgresJobStore(Database, new PostgresStoreOptions { Listen = false }, clock);
        await store.InsertAsync([.. Enumerable.Range(0, 1001).Select(_ => JobGraph.Of(new Job("a")))]);
        Assert.Equal(1000, (await ReserveAsync(store, Worker, 1000, "a")).Count);
        Assert.Single(await ReserveAsync(store, Worker, 1000, "a"));
        Assert.Empty(await ReserveAsync(store, Worker, 1000, "a"));

        clock.Advance(TimeSpan.FromMilliseconds(100));
        var wait = store.WaitForReadyAsync(store.ReadySignals, TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_it_took_is_held_and_ends_as_any_other_job()
    {
        await IdleAsync("a");
        await Store.InsertAsync(JobGraph.Of(new Job("a") { Args = """{"x":1}""", Id = new JobId("mine") }));

        var job = Assert.Single(await ReserveAsync(Store, Worker, 5, "a"));

        Assert.Equal(("mine", """{"x":1}""", 1, 0, 1), (job.Id.Value, job.Args, job.Attempt, job.Losses, job.Lease.Number));
        Assert.Equal("started 1 0", await ScalarAsync("SELECT status || ' ' || (SELECT count(*) FROM overseer.held) || ' ' || (SELECT count(*) FROM overseer.ready) FROM overseer.job_view"));
        Assert.True((await Store.EndAsync([new JobEnding.Finish(job.Lease, null)]))[0].Accepted);
    }

    [Fact]
    public async Task Jobs_with_inputs_and_jobs_with_losses_are_left_to_the_claim_that_follows_at_once()
    {
        await InsertAsync("a");
        Assert.Single(await ClaimAsync(1, "a"));
        await ExecuteAsync("DELETE FROM overseer.worker");
        Assert.Single((await Store.SweepAsync(3, 10)).Jobs);
        Worker = await StartWorkerAsync(Store);
        await IdleAsync("c");
        await InsertAsync("c");

        Assert.Equal([1], await ClaimAsync(1, "a", "b", "c"));
        var builder = new JobGraphBuilder("Test");
        builder.Add(new Job("b"), builder.Add(new Job("d")));
        await Store.InsertAsync(builder.Build());
        var other = await StartWorkerAsync(Store);
        var dependency = Assert.Single(await ReserveAsync(Store, other, 1, "d"));
        await IdleAsync("b", "c");
        await Store.EndAsync([new JobEnding.Finish(dependency.Lease, "7")]);

        var job = Assert.Single(await Store.ReserveAsync(new ReserveRequest(Worker, [new ReserveType("b", ["d"]), new ReserveType("c", [])], 5)));
        Assert.Equal("7", job.Inputs["d"]);
    }

    [Fact]
    public async Task It_takes_nothing_before_its_time()
    {
        await IdleAsync("a");
        await Store.InsertAsync(JobGraph.Of(new Job("a") { RunAt = DateTimeOffset.UtcNow.AddHours(1) }));

        Assert.Empty(await ClaimAsync(5, "a"));
    }

    [Theory]
    [InlineData("SELECT FROM overseer.ready WHERE run = 1 FOR UPDATE")]
    [InlineData("SELECT FROM overseer.job WHERE run = 1 FOR UPDATE")]
    public async Task It_waits_for_nothing_that_another_holds(string holds)
    {
        await IdleAsync("a");
        await InsertAsync("a");
        await InsertAsync("a");
        await using (await HoldAsync(holds))
            Assert.Equal([2], await ClaimAsync(2, "a").WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal([1], await ClaimAsync(2, "a"));
    }

    [Fact]
    public async Task A_worker_that_was_taken_for_dead_gets_nothing()
    {
        await IdleAsync("a");
        await InsertAsync("a");
        await ExecuteAsync("DELETE FROM overseer.worker");

        Assert.Empty(await ClaimAsync(5, "a"));
        Assert.Equal("unstarted 1", await ScalarAsync("SELECT status || ' ' || (SELECT count(*) FROM overseer.ready) FROM overseer.job_view"));
    }

    [Fact]
    public async Task A_job_that_another_claimed_and_put_off_meanwhile_is_not_taken_before_its_time()
    {
        // For this role, which does not own the table, each row of it has to be looked at behind a gate.
        await ExecuteAsync("""
            CREATE FUNCTION pass() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN true; END';
            ALTER TABLE overseer.ready ENABLE ROW LEVEL SECURITY;
            CREATE POLICY gate ON overseer.ready USING (pass())
            """);
        await using var slow = await InstalledAsync(As(await CreateRoleAsync(WorkerGrants)));
        var waits = await StartWorkerAsync(slow);
        Assert.Empty(await ReserveAsync(slow, waits, 5, "a"));
        await slow.InsertAsync(JobGraph.Of(new Job("a")));
        await using var gate = await HoldAsync("SELECT pg_advisory_xact_lock(1)");
        var late = ReserveAsync(slow, waits, 5, "a");
        await UntilWaitingAsync(1);

        var lease = Assert.Single(await ReserveAsync(Store, Worker, 5, "a")).Lease;
        var put = new JobEnding.Postpone(lease, PostponeKind.Snooze, TimeSpan.FromHours(1), 10, new JobFailure("later"));
        Assert.True((await Store.EndAsync([put]))[0].Accepted);
        await gate.DisposeAsync();

        Assert.Empty(await late);
        Assert.Equal("unstarted 1", await ScalarAsync("SELECT status || ' ' || (SELECT count(*) FROM overseer.ready) FROM overseer.job_view"));
    }

    // The worker's claims look no further below than it was told to.
    [Fact]
    public async Task What_became_ready_in_a_long_transaction_is_told_with_its_age()
    {
        await using var listening = new NpgsqlConnection(Database);
        await listening.OpenAsync();
        await new NpgsqlCommand("LISTEN \"\"\"overseer\"\".ready\"", listening).ExecuteNonQueryAsync();
        var ages = new List<int>();
        listening.Notification += (_, told) => ages.Add(int.Parse(told.Payload, CultureInfo.InvariantCulture));
        await IdleAsync("a");
        var keyed = new JobGraphBuilder("Test");
        keyed.Add(new Job("a"));
        await InsertAsync("a");
        await using var gate = await HoldAsync("INSERT INTO overseer.run (id, created_at, graph, jobs, key) SELECT 1000, now(), graph, 1, 'k' FROM overseer.run LIMIT 1");

        var insert = Store.InsertAsync(keyed.Build("k"));
        await UntilWaitingAsync(1);
        await Task.Delay(60);
        await gate.DisposeAsync();
        await insert;
        await new NpgsqlCommand("SELECT 1", listening).ExecuteNonQueryAsync();

        Assert.Equal(2, ages.Count);
        Assert.InRange(ages[1], 50, 60_000);
    }

    private async Task IdleAsync(params string[] types)
    {
        while ((await ReserveAsync(Store, Worker, 1, types)).Count > 0)
        {
        }
    }

    private async Task InsertAsync(string type) => await Store.InsertAsync(JobGraph.Of(new Job(type)));

    private async Task<IEnumerable<long>> ClaimAsync(int slots, params string[] types) =>
        (await ReserveAsync(Store, Worker, slots, types)).Select(job => job.Lease.Run.Number);
}
