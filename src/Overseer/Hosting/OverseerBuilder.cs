using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
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
        ArgumentNullException.ThrowIfNull(create);
        Services.Replace(ServiceDescriptor.Singleton(create));
        return this;
    }

    /// <summary>Keeps everything in the memory of this process: for tests, and for graphs that need not outlive it.</summary>
    public OverseerBuilder UseInMemory() => UseStore(services => new InMemoryJobStore(services.GetRequiredService<TimeProvider>()));

    /// <summary>Uses the store that <c>Overseer:Store:Adapter</c> names.</summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="adapters">The kinds of store to choose from.</param>
    public OverseerBuilder UseStore(IConfiguration configuration, params IReadOnlyList<StoreAdapter> adapters) =>
        UseStore(services => OverseerStore.Open(configuration, services.GetRequiredService<TimeProvider>(), adapters));

    /// <summary>Runs a worker in this application's host: it starts and stops with it.</summary>
    /// <remarks>
    /// A host gives all of its services together <c>HostOptions.ShutdownTimeout</c> (by default 30 s) to stop. Where that is less than
    /// <see cref="OverseerOptions.DrainTime"/> and ten seconds, the start raises it to that.
    /// </remarks>
    /// <param name="configure">Changes options after they were bound from configuration section <c>Overseer</c>.</param>
    public OverseerBuilder AddWorker(Action<OverseerOptions>? configure = null)
    {
        if (configure is not null) Services.Configure(configure);
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WorkerService>());
        return this;
    }
}
