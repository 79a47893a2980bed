using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Overseer;

/// <summary>Takes the options from configuration, where the application has one. What is malformed is left to the validator, which names it with all the rest.</summary>
internal sealed class ConfigureOverseerOptions(IServiceProvider services) : IConfigureOptions<OverseerOptions>
{
    public void Configure(OverseerOptions options)
    {
        if (services.GetService<IConfiguration>() is { } configuration) options.Malformed = [.. OptionSetting.Bind(configuration.GetSection("Overseer"), options)];
    }
}
