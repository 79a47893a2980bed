namespace Overseer;

/// <summary>The type of nothing: the args of a handler that takes none, and the result of one that gives none.</summary>
public readonly record struct Unit
{
    /// <summary>The only value.</summary>
    public static Unit Value => default;

    /// <summary><c>()</c></summary>
    public override string ToString() => "()";
}
