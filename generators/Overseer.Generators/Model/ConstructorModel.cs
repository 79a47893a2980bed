namespace Overseer.Generators.Model;

/// <summary>The constructor that generated code calls.</summary>
/// <param name="State">Whether there is exactly one to call.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="IsObsolete">Whether calling it would warn.</param>
internal sealed record ConstructorModel(ConstructorState State, EquatableArray<ParameterModel> Parameters, bool IsObsolete = false)
{
    public static ConstructorModel None { get; } = new(ConstructorState.Missing, []);
}

internal enum ConstructorState
{
    Usable,

    /// <summary>None that generated code may call.</summary>
    Missing,

    /// <summary>Several, and not one is marked.</summary>
    Ambiguous,

    /// <summary>It wants what cannot be injected.</summary>
    Unsupported,
}
