namespace Overseer;

/// <summary>Makes the handler a target of a named graph: the graph is the union of its targets and all that is upstream of them.</summary>
/// <remarks>The generator emits <c>JobGraphs.Create{Name}</c> for it. A handler nobody depends on forms a graph of its class's name without this attribute.</remarks>
/// <param name="name">A C# identifier that no other assembly in reach uses for a graph (OVS205).</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class JobGraphAttribute(string name) : Attribute
{
    /// <summary>The name of the graph.</summary>
    public string Name { get; } = name;
}
