using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Overseer.Stores;

namespace Overseer;

/// <summary>What <c>AddOverseer</c> returns: picks the store and adds a worker.</summary>
public sealed class OverseerBuilder
{
    internal OverseerBuilder(IServiceCollection services, JobHandlerMap handlers)
    {
        Services = services;
        Handlers = handlers;
    }

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The handlers that graphs are checked against and workers run.</summary>
    public JobHandlerMap Handlers { get; }

    /// <summary>Uses the store that the factory makes; the container disposes it. The last call wins.</summary>
    public OverseerBuilder UseStore(Func<IServiceProvider, IJobStore> create)
    {
        Services.Replace(ServiceDescriptor.Singleton(create));
        return this;
    }

    /// <summary>Uses the store that <c>Overseer:Store:Adapter</c> names.</summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="adapters">The kinds of store to choose from.</param>
    public OverseerBuilder UseStore(IConfiguration configuration, params IReadOnlyList<StoreAdapter> adapters) =>
        UseStore(services => OverseerStore.Open(configuration, services.GetRequiredService<TimeProvider>(), adapters));
}
