using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Overseer.Stores;

namespace Overseer;

/// <summary>Adds Overseer to an application's services.</summary>
public static class OverseerServices
{
    /// <summary>Adds a client. Pick a store with <c>UseSqlite</c>, <c>UsePostgres</c>, <c>UseInMemory</c> or <c>UseStore</c> on what it returns, and a worker with <see cref="OverseerBuilder.AddWorker"/>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="handlers">The handlers, normally the generated <c>JobHandlers.All</c>.</param>
    /// <param name="configure">Changes options after they were bound from configuration section <c>Overseer</c>.</param>
    public static OverseerBuilder AddOverseer(this IServiceCollection services, JobHandlerMap handlers, Action<OverseerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(handlers);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<OverseerOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<OverseerOptions>, ConfigureOverseerOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OverseerOptions>, OverseerOptionsValidator>());
        if (configure is not null) services.Configure(configure);
        services.Replace(ServiceDescriptor.Singleton(handlers));
        services.TryAddSingleton<IJobStore>(_ => throw new InvalidOperationException(
            "Overseer has no store. Call UseSqlite(path) of package Overseer.Sqlite, UseInMemory() or UseStore(…) on what AddOverseer returns."));
        services.TryAddSingleton<IOverseerClient>(provider => new OverseerClient(
            provider.GetRequiredService<IJobStore>(),
            provider.GetRequiredService<JobHandlerMap>(),
            provider.GetRequiredService<IOptions<OverseerOptions>>().Value)
        {
            Stopping = provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None,
        });
        services.TryAddSingleton(provider => provider.GetRequiredService<IJobStore>() is var store && store is IJobQueries queries
            ? queries
            : throw new InvalidOperationException($"{store.Name} answers no queries: IJobQueries needs a store that implements it, such as that of UsePostgres."));
        return new OverseerBuilder(services, handlers);
    }
}
