namespace Overseer;

/// <summary>A service that a handler or one of its harnesses cannot do without.</summary>
/// <param name="Service">The service's type.</param>
/// <param name="Key">Its key, for a keyed service.</param>
public sealed record ServiceNeed(Type Service, object? Key = null)
{
    /// <summary>The type, and the key if there is one.</summary>
    public override string ToString() => Key is null ? $"{Service}" : $"{Service} (key '{Key}')";
}
