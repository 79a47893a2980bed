namespace Overseer.Generators.Model;

/// <summary>How far a type can be seen; ordered, so that the least of several is their minimum.</summary>
internal enum Visibility
{
    /// <summary>Not even by generated code in the same assembly.</summary>
    Hidden,

    Internal,

    Public,
}
