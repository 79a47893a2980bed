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
}
