using Microsoft.Extensions.Configuration;

namespace Overseer.Stores;

/// <summary>A kind of store that configuration can pick by name.</summary>
/// <param name="Name">The name in <c>Overseer:Store:Adapter</c>, such as <c>sqlite</c>; compared without case.</param>
/// <param name="Open">Makes the store from the section <c>Overseer:Store</c>; throws <see cref="InvalidOperationException"/> naming a setting that is missing or wrong.</param>
public sealed record StoreAdapter(string Name, Func<IConfigurationSection, TimeProvider, IJobStore> Open);
