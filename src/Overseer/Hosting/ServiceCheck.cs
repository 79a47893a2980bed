using Microsoft.Extensions.DependencyInjection;

namespace Overseer;

/// <summary>Finds services that handlers ask for and nobody registered, before the first job does.</summary>
internal static class ServiceCheck
{
    /// <exception cref="InvalidOperationException">Some are missing; all are listed.</exception>
    public static void Check(JobHandlerMap handlers, IServiceProvider services)
    {
        var known = services.GetService<IServiceProviderIsService>();
        // A container that does not tell what it has is taken at its word when a handler asks.
        if (known is null && services is not NoServices) return;
        var keyed = known as IServiceProviderIsKeyedService;
        var missing = handlers.Handlers
            .SelectMany(handler => handler.Services.Select(need => (Need: need, Handler: handler)))
            .Where(entry => !IsThere(entry.Need))
            .GroupBy(entry => entry.Need, entry => entry.Handler)
            .Select(group => $"\n  - {group.Key}, asked for by {string.Join(", ", group.Select(handler => handler.Name).Distinct())}")
            .ToList();
        if (missing.Count == 0) return;
        throw new InvalidOperationException(
            $"The worker cannot start: its handlers ask for services that are not registered. "
            + $"Register them with the host's services, or give OverseerWorker.StartAsync a provider that has them:{string.Concat(missing)}");

        bool IsThere(ServiceNeed need) =>
            known is not null && (need.Key is null ? known.IsService(need.Service) : keyed is null || keyed.IsKeyedService(need.Service, need.Key));
    }
}
