namespace Overseer.Generators.Analyzers;

/// <summary>How a value is used where it stands, each asking more of its type than the one before.</summary>
internal enum JsonUse
{
    /// <summary>It is only written.</summary>
    Write,

    /// <summary>It is written, and what is read goes into the object that is there.</summary>
    Fill,

    /// <summary>It is written, and made anew when read.</summary>
    Make,
}
