using Microsoft.Extensions.Configuration;
using Overseer.Stores;

namespace Overseer;

/// <summary>Opens the store that configuration names.</summary>
public static class OverseerStore
{
    /// <summary>The store in the memory of one process, named <c>memory</c>. It has no settings.</summary>
    public static StoreAdapter InMemory { get; } = new("memory", (_, clock) => new InMemoryJobStore(clock));

    /// <summary>Opens the store that <c>Overseer:Store:Adapter</c> names.</summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="adapters">The kinds of store the application knows, such as <c>SqliteStore.Adapter</c>.</param>
    /// <returns>The store, not yet installed.</returns>
    /// <exception cref="InvalidOperationException">No adapter is named, or none has that name.</exception>
    public static IJobStore Open(IConfiguration configuration, params IReadOnlyList<StoreAdapter> adapters) =>
        Open(configuration, TimeProvider.System, adapters);

    internal static IJobStore Open(IConfiguration configuration, TimeProvider clock, IReadOnlyList<StoreAdapter> adapters)
    {
        var section = configuration.GetSection("Overseer:Store");
        var name = section["Adapter"];
        var adapter = adapters.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
        if (adapter is not null) return adapter.Open(section, clock);
        var known = string.Join(", ", adapters.Select(known => $"'{known.Name}'"));
        throw new InvalidOperationException(
            string.IsNullOrEmpty(name)
                ? $"Overseer:Store:Adapter is not set. Set it to one of {known}."
                : $"Overseer:Store:Adapter is {SettingNames.Shown(name)}, which is no known store. Set it to one of {known}, or pass that store's adapter to UseStore.");
    }
}
