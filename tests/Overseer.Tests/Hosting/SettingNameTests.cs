using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Overseer.Tests.Hosting;

/// <summary>Names in the section <c>Overseer</c> that are nearly right, or right in the wrong place.</summary>
public sealed class SettingNameTests
{
    [Theory]
    [InlineData("Senttry:Dsn", "Overseer:Senttry is no option. Did you mean 'Sentry'?")]
    [InlineData("stor:Adapter", "Overseer:stor is no option. Did you mean 'Store'?")]
    [InlineData("Worker:Concurrency", "Overseer:Worker:Concurrency is no option. Did you mean 'Overseer:Concurrency'?")]
    [InlineData("worker:draintime", "Overseer:worker:draintime is no option. Did you mean 'Overseer:DrainTime'?")]
    [InlineData("Concurrency:Max", "Overseer:Concurrency has settings below it; it must be a whole number.")]
    [InlineData("DrianTime", "Overseer:DrianTime is no option. Did you mean 'DrainTime'?")]
    public async Task A_misspelt_or_misplaced_name_stops_the_start(string key, string problem)
    {
        using var host = Build(key);
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal([problem], error.Failures);
    }

    [Theory]
    [InlineData("Region")]
    [InlineData("Reports:Folder")]
    [InlineData("Store:Path")]
    [InlineData("Sentry:Dsn")]
    public async Task Other_names_are_the_applications_own(string key)
    {
        using var host = Build(key);
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IHost Build(string key)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new($"Overseer:{key}", "1")]);
        builder.Services.AddOverseer(new JobHandlerMap()).UseInMemory();
        return builder.Build();
    }
}
