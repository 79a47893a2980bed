namespace Overseer.Generators.Model;

[Flags]
internal enum TypeTraits
{
    None = 0,

    ReferenceType = 1 << 0,

    /// <summary>An annotated reference type, or <c>Nullable&lt;T&gt;</c>.</summary>
    Nullable = 1 << 1,

    /// <summary>A reference type from code without nullable annotations: takes null, but is not said to give it.</summary>
    Oblivious = 1 << 2,

    /// <summary>Declared in the assembly that is compiled.</summary>
    Source = 1 << 3,

    /// <summary>Has a pointer in it, or is a ref struct: no type argument, so no payload and no service.</summary>
    NoTypeArgument = 1 << 4,

    /// <summary>Holds a name that the compiler could not resolve, none at all, or a static class: the compiler reports that.</summary>
    Unresolved = 1 << 5,

    Obsolete = 1 << 6,
}
