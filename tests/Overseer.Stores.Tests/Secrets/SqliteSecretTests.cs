using Microsoft.Extensions.Configuration;
using Xunit;

namespace Overseer.Stores.Tests;

public sealed class SqliteSecretTests : SecretTests
{
    private readonly TestFolder folder = new();

    protected override async Task<IJobStore> OpenAsync()
    {
        var store = new SqliteJobStore(folder.File("store.db"));
        await store.InstallAsync();
        return store;
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_says_nothing_of_the_settings()
    {
        File.WriteAllText(folder.File("foreign.db"), Canary + new string('x', 5000));
        foreach (var path in new[] { folder.Path, folder.File("nowhere/store.db"), folder.File("foreign.db"), folder.File("new.db") })
        {
            await Witness.RefusedAsync<Exception>(path, async () =>
            {
                await using var store = OverseerStore.Open(Settings("Overseer:Store:ConnectionString", $"Data Source={path};Password={Canary}"), SqliteStore.Adapter);
                Witness.Hear("store", store.Name);
                await store.InstallAsync();
            });
        }

        Witness.ShowsNothingOf(Canary);
    }

    [Theory]
    [InlineData("Overseer:Store:ConnectionString", "Data Source=a.db;Password={0};{0}=1")]
    [InlineData("Overseer:Store:ConnectionString", "Data Source=a.db;Pasword={0}")]
    [InlineData("Overseer:Store:ConnectionString", "{0}")]
    [InlineData("Overseer:Store:ConectionString", "Data Source=a.db;Password={0}")]
    [InlineData("Overseer:Store:Adapter", "Data Source=a.db;Password={0}")]
    public async Task A_setting_that_cannot_be_read_is_named_and_not_shown(string name, string value)
    {
        await Witness.RefusedAsync<Exception>(name, async () => await OverseerStore.Open(Settings(name, string.Format(null, value, Canary)), SqliteStore.Adapter).DisposeAsync());
        Assert.Contains(Witness.All, line => line.Contains(name, StringComparison.Ordinal));
        Witness.ShowsNothingOf(Canary);
    }

    private static IConfiguration Settings(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Overseer:Store:Adapter"] = "sqlite", [name] = value }).Build();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
