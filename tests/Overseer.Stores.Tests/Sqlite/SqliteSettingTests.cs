using Microsoft.Extensions.Configuration;
using Overseer.Sqlite;
using Xunit;

namespace Overseer.Stores.Tests.Sqlite;

/// <summary>The store as configuration sets it up.</summary>
public sealed class SqliteSettingTests
{
    [Theory]
    [InlineData("BusyTimeout", "rubbish", "Overseer:Store:BusyTimeout is 'rubbish'; it must be a time span such as 00:00:30 (30 seconds), from 1 second to 1 hour.")]
    [InlineData("BusyTimeout", "30", "Overseer:Store:BusyTimeout is '30'; it must be a time span such as 00:00:30 (30 seconds), from 1 second to 1 hour.")]
    [InlineData("BusyTimeout", "00:00:00", "Overseer:Store:BusyTimeout is '00:00:00'; it must be a time span such as 00:00:30 (30 seconds), from 1 second to 1 hour.")]
    [InlineData("survivepowerloss", "yes", "Overseer:Store:SurvivePowerLoss is 'yes'; it must be true or false.")]
    [InlineData("BusyTimout", "00:00:05", "Overseer:Store:BusyTimout is no option. Did you mean 'BusyTimeout'?")]
    [InlineData("SurvivePowerLos", "true", "Overseer:Store:SurvivePowerLos is no option. Did you mean 'SurvivePowerLoss'?")]
    [InlineData("ConectionString", "x", "Overseer:Store:ConectionString is no option. Did you mean 'ConnectionString'?")]
    public void What_is_malformed_or_misspelt_is_named(string key, string value, string problem) =>
        Assert.Equal($"The store cannot be opened as it is configured:\n  - {problem}", Refusal((key, value), ("Path", "a.db")).Message);

    [Fact]
    public void All_that_is_wrong_is_named_at_once()
    {
        var message = Refusal(("Paht", "a.db"), ("BusyTimeout", "x"), ("SurvivePowerLoss", "x")).Message;
        foreach (var named in new[] { "Did you mean 'Path'?", "BusyTimeout is 'x'", "SurvivePowerLoss is 'x'", "Overseer:Store:Path is not set" })
            Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData(null, false)]
    public void What_is_set_holds(string? survives, bool expected)
    {
        var options = SqliteSettings.Read(Section(("Path", "a.db"), ("SurvivePowerLoss", survives), ("BusyTimeout", "00:00:07"), ("Schema", "another store's"))).Options;

        Assert.Equal((expected, 7), (options.SurvivePowerLoss, options.BusyTimeout.TotalSeconds));
    }

    [Fact]
    public void What_is_not_set_is_as_in_code()
    {
        var options = SqliteSettings.Read(Section(("Path", "a.db"), ("SurvivePowerLoss", ""), ("BusyTimeout", ""))).Options;

        Assert.Equal((false, 30), (options.SurvivePowerLoss, options.BusyTimeout.TotalSeconds));
    }

    [Fact]
    public void A_connection_string_has_them_too() =>
        Assert.Contains("SurvivePowerLoss is 'x'", Refusal(("ConnectionString", "Data Source=a.db"), ("SurvivePowerLoss", "x")).Message, StringComparison.Ordinal);

    private static IConfigurationSection Section(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Append(("Adapter", "sqlite")).ToDictionary(setting => $"Overseer:Store:{setting.Item1}", setting => setting.Item2))
        .Build()
        .GetSection("Overseer:Store");

    private static InvalidOperationException Refusal(params (string Key, string? Value)[] settings) =>
        Assert.Throws<InvalidOperationException>(() => SqliteStore.Adapter.Open(Section(settings), TimeProvider.System));
}
