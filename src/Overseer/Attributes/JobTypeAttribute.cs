namespace Overseer;

/// <summary>Makes a plain class the handler of one job type. Applied to a class with a <c>Process</c> stage.</summary>
/// <remarks>
/// The name is what the store keeps; renaming the class does not change it. It is <c>[a-z0-9][a-z0-9._-]*</c>, at most
/// 200 characters (OVS101), and one handler only may claim it (OVS102).
/// </remarks>
/// <param name="name">The stored name of the job type.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JobTypeAttribute(string name) : Attribute
{
    /// <summary>The stored name of the job type.</summary>
    public string Name { get; } = name;

    /// <summary>Names under which its jobs were stored before. Default: none.</summary>
    /// <remarks>
    /// Workers of this build take jobs of these types as well, and dependents find results stored under them. Each is a job type name like
    /// <see cref="Name"/> (OVS101), and no other handler may claim it (OVS102). New runs are stored under <see cref="Name"/> alone.
    /// </remarks>
    public string[] Formerly { get; init; } = [];

    /// <summary>Whether the handler is kept only to finish runs that are stored already. Default: false.</summary>
    /// <remarks>It forms no graph of its own, and no handler that is not retired may depend on it (OVS201).</remarks>
    public bool Retired { get; init; }
}
