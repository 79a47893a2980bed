using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

/// <summary>Runs that are inserted with what the caller writes, in one transaction.</summary>
public sealed class PostgresTransactionTests(PostgresServers servers) : PostgresTests(servers)
{
    private static readonly JobHandlerMap Handlers = JobHandlerMap.Combine().With("a", (_, _) => Task.CompletedTask);

    private PostgresJobStore store = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        store = await InstalledAsync();
        await ExecuteAsync("CREATE TABLE orders (id int PRIMARY KEY)");
    }

    public override async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_Dapper_the_order_and_its_run_are_there_or_neither(bool commits)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("INSERT INTO orders (id) VALUES (@id)", new { id = 7 }, transaction);
            var run = await new OverseerClient(store, Handlers).TransactAsync(Keyed("order-7"), transaction);
            Assert.False(run.AlreadyExisted);
            Assert.Null(await store.FindRunAsync("order-7"));
            if (commits) await transaction.CommitAsync();
        }

        Assert.Equal(commits ? "1 1" : "0 0", await ScalarAsync("SELECT (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM overseer.run)"));
        Assert.Equal(commits ? 1 : 0, (await ReserveAsync(store, await StartWorkerAsync(store), 5, "a")).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_Entity_Framework_the_order_and_its_run_are_there_or_neither(bool commits)
    {
        await using (var shop = new Shop(Database))
        await using (var transaction = await shop.Database.BeginTransactionAsync())
        {
            shop.Orders.Add(new Order { Id = 7 });
            await shop.SaveChangesAsync();
            await new OverseerClient(store, Handlers).TransactAsync(Keyed("order-7"), transaction.GetDbTransaction());
            if (commits) await transaction.CommitAsync();
        }

        Assert.Equal(commits ? "1 1" : "0 0", await ScalarAsync("SELECT (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM overseer.run)"));
    }

    [Fact]
    public async Task A_conflict_leaves_the_transaction_usable()
    {
        await store.InsertAsync(Keyed("order-7"));
        await store.InsertAsync(JobGraph.Of(Job.FromJson("a", null, "mine")));
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        await Assert.ThrowsAsync<JobConflictException>(() => store.InsertAsync(JobGraph.Of([new Job("a"), new Job("a")], key: "order-7"), transaction));
        await Assert.ThrowsAsync<JobConflictException>(() => store.InsertAsync(JobGraph.Of(Job.FromJson("a", null, "mine"), Job.FromJson("a", null, "other")), transaction));
        Assert.True((await store.InsertAsync(Keyed("order-7"), transaction)).AlreadyExisted);
        Assert.False((await store.InsertAsync(Keyed("order-8"), transaction)).AlreadyExisted);
        await connection.ExecuteAsync("INSERT INTO orders (id) VALUES (8)", transaction: transaction);
        await transaction.CommitAsync();

        Assert.Equal("1 3", await ScalarAsync("SELECT (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM overseer.run)"));
    }

    [Fact]
    public async Task A_transaction_that_stays_open_holds_up_nobody_else()
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var open = await connection.BeginTransactionAsync();
        // A new type and a new graph too: their names are shared by all.
        await store.InsertAsync(JobGraph.Of([new Job("new")], key: "open", name: "New"), open);
        var worker = await StartWorkerAsync(store);
        await using var other = await InstalledAsync();

        var run = (await other.InsertAsync(JobGraph.Of([new Job("new"), new Job("new")], name: "New"))).Run;
        var jobs = await ReserveAsync(store, worker, 5, "new");
        var answers = await store.EndAsync([.. jobs.Select(job => new JobEnding.Finish(job.Lease, null))]).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, answers.Count(answer => answer.Accepted));
        Assert.Equal(RunStatus.Finished, (await other.GetRunAsync(run))!.Status);
    }

    [Fact]
    public async Task An_insert_under_the_key_of_an_open_transaction_gets_its_run_once_that_is_committed()
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var open = await connection.BeginTransactionAsync();
        var mine = await store.InsertAsync(Keyed("daily"), open);

        var waiting = new[] { store.InsertAsync(Keyed("daily")), store.InsertAsync([Keyed("daily"), Keyed("other")]).ContinueWith(all => all.Result[0], TaskScheduler.Default) };
        await UntilWaitingAsync(2);
        await open.CommitAsync();

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(new InsertAnswer(mine.Run, AlreadyExisted: true), answer));
    }

    [Fact]
    public async Task A_transaction_that_has_ended_or_is_none_of_Npgsqls_is_refused()
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        var ended = await connection.BeginTransactionAsync();
        await ended.CommitAsync();
        using var folder = new TestFolder();
        await using var lite = TestFolder.Connect(folder.File("other.db"));
        await using var foreign = await lite.BeginTransactionAsync();

        Assert.Contains("has ended", (await Assert.ThrowsAsync<ArgumentException>(() => store.InsertAsync(Keyed("x"), ended))).Message, StringComparison.Ordinal);
        Assert.Contains("NpgsqlTransaction", (await Assert.ThrowsAsync<ArgumentException>(() => store.InsertAsync(Keyed("x"), foreign))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_without_such_transactions_says_so()
    {
        using var folder = new TestFolder();
        await using var lite = TestFolder.Connect(folder.File("other.db"));
        await using var transaction = await lite.BeginTransactionAsync();
        IJobStore memory = new InMemoryJobStore();

        Assert.Contains("Store 'memory'", (await Assert.ThrowsAsync<NotSupportedException>(() => memory.InsertAsync(Keyed("x"), transaction))).Message, StringComparison.Ordinal);
    }

    private static JobGraph Keyed(string key) => JobGraph.Of([new Job("a")], key: key);

    private sealed class Order
    {
        public int Id { get; set; }
    }

    private sealed class Shop(string database) : DbContext
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql(database);

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>(order =>
        {
            order.ToTable("orders");
            order.Property(each => each.Id).HasColumnName("id").ValueGeneratedNever();
        });
    }
}
