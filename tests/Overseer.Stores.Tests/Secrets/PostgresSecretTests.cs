using Microsoft.Extensions.Configuration;
using Npgsql;
using Xunit;

namespace Overseer.Stores.Tests;

public sealed class PostgresSecretTests(PostgresServers servers) : SecretTests
{
    private string database = "";
    private PostgresServer server = null!;

    public override async ValueTask InitializeAsync()
    {
        server = await servers.OldestAsync();
        database = await server.CreateDatabaseAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await server.DropDatabaseAsync(database);
    }

    protected override async Task<IJobStore> OpenAsync()
    {
        var store = new PostgresJobStore(With(settings => settings.Password = Canary), new PostgresStoreOptions { Listen = false });
        await store.InstallAsync();
        return store;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_that_cannot_be_used_says_nothing_of_the_password(bool persistsSecurityInfo)
    {
        var role = "role_" + Guid.NewGuid().ToString("N");
        await PostgresServer.ExecuteAsync(database, $"CREATE ROLE {role} LOGIN PASSWORD 'right'");
        await server.RequirePasswordAsync(role);
        var unusable = new[]
        {
            With(settings => settings.Username = role),
            With(settings => (settings.Host, settings.Port) = ("127.0.0.1", 1)),
            With(settings => settings.Database = "nowhere"),
            With(settings => settings.Host = "/nowhere"),
            With(settings => settings.Username = "nobody"),
        };
        foreach (var connectionString in unusable.Select(text => new NpgsqlConnectionStringBuilder(text) { Password = Canary, PersistSecurityInfo = persistsSecurityInfo, Timeout = 5 }.ConnectionString))
        {
            await using var store = OverseerStore.Open(Settings("Overseer:Store:ConnectionString", connectionString), PostgresStore.Adapter);
            Witness.Hear("store", store.Name);
            await Witness.RefusedAsync<StoreUnusableException>("install", () => store.InstallAsync());
            await Witness.RefusedAsync<StoreUnusableException>("insert", () => store.InsertAsync(JobGraph.Of(Job.Create("text", Canary))));
            await Witness.RefusedAsync<StoreUnusableException>("read", () => store.GetRunAsync(new RunId(1)));
            using var host = Host(store, SecretJobs.Handlers(Canary));
            await Witness.RefusedAsync<Exception>("start", () => host.StartAsync());
        }

        Witness.ShowsNothingOf(Canary);
    }

    [Fact]
    public async Task A_database_that_goes_down_and_comes_back_says_nothing_of_args_and_password()
    {
        await using var store = await OpenAsync();
        var host = Host(store, SecretJobs.Handlers(Canary));
        await using ((IAsyncDisposable)host)
        {
            await host.StartAsync();
            var run = await new OverseerClient(store, SecretJobs.Handlers(Canary)).TransactAsync(JobGraph.Of(Job.Create("wait", new SecretJobs.Note(Canary)), Job.Create("text", new SecretJobs.Note(Canary))));
            await PostgresServer.ExecuteAsync(database, "ALTER TABLE overseer.job_result RENAME TO gone; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            await PostgresServer.ExecuteAsync(database, "SELECT pg_sleep(0.5); ALTER TABLE overseer.gone RENAME TO job_result");
            await run.CancelAsync();
            await run.WaitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            await host.StopAsync();
        }

        Assert.Contains(Witness.All, line => line.StartsWith("log Overseer", StringComparison.Ordinal) && line.Contains("Exception", StringComparison.Ordinal));
        Witness.ShowsNothingOf(Canary);
    }

    /// <summary>A check or a trigger of somebody's own, or an encoding that cannot hold the text: then the server quotes what it was to store.</summary>
    [Theory]
    [InlineData("job_result", false)]
    [InlineData("job_result", true)]
    [InlineData("run", false)]
    [InlineData("run", true)]
    [InlineData("job_args", false)]
    [InlineData("job_args", true)]
    public async Task What_the_server_quotes_of_a_row_is_not_repeated(string table, bool asksForDetails)
    {
        database = new NpgsqlConnectionStringBuilder(database) { IncludeErrorDetail = asksForDetails }.ConnectionString;
        await using var store = await OpenAsync();
        await PostgresServer.ExecuteAsync(database, $"ALTER TABLE overseer.{table} ADD CHECK ({(table == "run" ? "args" : "json")} NOT LIKE '%{Canary[..6]}%')");
        var handlers = SecretJobs.Handlers(Canary);
        var note = new SecretJobs.Note(Canary);
        var graph = table == "job_args"
            ? JobGraph.Of([.. Enumerable.Range(0, 600).Select(i => Job.Create("text", new SecretJobs.Note($"{Canary} {i}")))])
            : JobGraph.Of(Job.Create("text", note));
        var client = new OverseerClient(store, handlers);
        if (table == "job_result")
        {
            var host = Host(store, handlers);
            await using ((IAsyncDisposable)host)
            {
                await host.StartAsync();
                var run = await client.TransactAsync(graph);
                await run.WaitAsync().WaitAsync(TimeSpan.FromSeconds(30));
                Witness.Hear("failure", Assert.Single(await store.ListJobsAsync(run.Id)).Failure!.ToString());
                await host.StopAsync();
            }

            Assert.Contains(Witness.All, line => line.Contains("23514", StringComparison.Ordinal));
        }
        else
        {
            await Witness.RefusedAsync<PostgresException>("insert", () => client.TransactAsync(graph));
        }

        Witness.ShowsNothingOf(Canary);
    }

    [Theory]
    [InlineData("Overseer:Store:ConnectionString", "Host=db;Password={0};{0}=1")]
    [InlineData("Overseer:Store:ConnectionString", "Host=db;Password=a;Pasword={0}")]
    [InlineData("Overseer:Store:ConnectionString", "Host=db;Port={0}")]
    [InlineData("Overseer:Store:ConnectionString", "postgres://app:{0}@db/app")]
    [InlineData("Overseer:Store:ConnectionString", "{0}")]
    [InlineData("Overseer:Store:ConectionString", "Host=db;Password={0}")]
    [InlineData("Overseer:Store:Adapter", "Host=db;Password={0}")]
    [InlineData("Overseer:Store:Schema", "Host=db;Password={0}")]
    [InlineData("Overseer:Store:Listen", "Host=db;Password={0}")]
    public async Task A_setting_that_cannot_be_read_is_named_and_not_shown(string name, string value)
    {
        await Witness.RefusedAsync<Exception>(name, async () => await OverseerStore.Open(Settings(name, string.Format(null, value, Canary)), PostgresStore.Adapter).DisposeAsync());
        Assert.Contains(Witness.All, line => line.Contains(name, StringComparison.Ordinal));
        Witness.ShowsNothingOf(Canary);
    }

    private string With(Action<NpgsqlConnectionStringBuilder> set)
    {
        var settings = new NpgsqlConnectionStringBuilder(database);
        set(settings);
        return settings.ConnectionString;
    }

    private static IConfiguration Settings(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Overseer:Store:Adapter"] = "postgres", [name] = value }).Build();
}
