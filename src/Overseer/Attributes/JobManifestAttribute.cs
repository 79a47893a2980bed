using System.ComponentModel;

namespace Overseer;

/// <summary>Written by the generator: tells referencing assemblies which handlers this one has, so that graphs can reach into it.</summary>
/// <param name="manifest">The generated class whose static <c>Handlers</c> property is the assembly's own handler map.</param>
/// <param name="handlers">The assembly's handler classes.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JobManifestAttribute(Type manifest, params Type[] handlers) : Attribute
{
    /// <summary>The generated class whose static <c>Handlers</c> property is the assembly's own handler map.</summary>
    public Type Manifest { get; } = manifest;

    /// <summary>The assembly's handler classes.</summary>
    public IReadOnlyList<Type> Handlers { get; } = handlers;
}
