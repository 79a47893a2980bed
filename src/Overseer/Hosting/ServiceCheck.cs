using Microsoft.Extensions.DependencyInjection;

namespace Overseer;

/// <summary>Finds services that handlers ask for and nobody registered, before the first job does.</summary>
internal static class ServiceCheck
{
    /// <exception cref="InvalidOperationException">Some are missing; all are listed.</exception>
    public static void Check(JobHandlerMap handlers, IServiceProvider services)
    {
        if (services.GetService<IServiceProviderIsService>() is not { } known) return;
        var keyed = known as IServiceProviderIsKeyedService;
        var missing = handlers.Handlers
            .SelectMany(handler => handler.Services.Select(need => (Need: need, Handler: handler)))
            .Where(entry => !IsThere(entry.Need))
            .GroupBy(entry => entry.Need, entry => entry.Handler)
            .Select(group => $"\n  - {group.Key}, asked for by {string.Join(", ", group.Select(handler => handler.Name).Distinct())}")
            .ToList();
        if (missing.Count == 0) return;
        throw new InvalidOperationException(
            $"The worker cannot start: its handlers ask for services that are not registered. Register them before AddWorker's host is built:{string.Concat(missing)}");

        bool IsThere(ServiceNeed need) =>
            need.Key is null ? known.IsService(need.Service) : keyed is null || keyed.IsKeyedService(need.Service, need.Key);
    }
}
