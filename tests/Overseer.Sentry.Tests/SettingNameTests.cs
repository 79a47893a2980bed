using Microsoft.Extensions.Options;
using Xunit;

namespace Overseer.Sentry.Tests;

public sealed class SettingNameTests
{
    [Theory]
    [InlineData("DNS")]
    [InlineData("Dns")]
    [InlineData("Dsn1")]
    public async Task A_misspelt_setting_stops_the_start(string key)
    {
        using var host = Sample.Host(settings: [new($"Overseer:Sentry:{key}", "https://key@sentry.example/1")]);
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal([$"Overseer:Sentry:{key} is no option. Did you mean 'Dsn'?"], error.Failures);
    }

    [Fact]
    public async Task What_else_is_there_is_the_applications_own()
    {
        using var host = Sample.Host(settings: [new("Overseer:Sentry:Environment", "staging")]);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }
}
