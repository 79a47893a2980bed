using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Overseer;

/// <summary>Binds the options from configuration, where the application has one.</summary>
internal sealed class ConfigureOverseerOptions(IServiceProvider services) : IConfigureOptions<OverseerOptions>
{
    public void Configure(OverseerOptions options) => services.GetService<IConfiguration>()?.GetSection("Overseer").Bind(options);
}
