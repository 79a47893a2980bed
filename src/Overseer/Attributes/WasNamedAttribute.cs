namespace Overseer;

/// <summary>Names under which a member of an args or result type was stored before, so that runs stored then can still be read.</summary>
/// <remarks>
/// On a property or field, or on the parameter of a record or constructor that sets it. What is stored is the present name; a former one is read where
/// the present one is missing. Names are as they stand in the JSON text.
/// </remarks>
/// <param name="names">The former names, the latest first.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class WasNamedAttribute(params string[] names) : Attribute
{
    /// <summary>The former names, the latest first.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
