namespace Overseer.Generators.Model;

/// <summary>A parameter of a stage or a constructor.</summary>
/// <param name="Name">Its name, unescaped.</param>
/// <param name="Type">Its type.</param>
/// <param name="Source">Where its value comes from, if type or attribute say so.</param>
/// <param name="ServiceKey">The key of a keyed service as a C# expression.</param>
/// <param name="ResultOf">The handler that <c>[ResultOf]</c> names.</param>
/// <param name="Default">Its default value as a C# expression; null if it has none.</param>
/// <param name="IsByReference">Whether it is <c>ref</c>, <c>out</c> or <c>in</c>.</param>
/// <param name="Fits">How the result of each of the handler's dependencies fits it, in their order; empty for a constructor.</param>
internal sealed record ParameterModel(
    string Name,
    TypeModel Type,
    ParameterSource Source,
    string? ServiceKey,
    HandlerLink? ResultOf,
    string? Default,
    bool IsByReference,
    EquatableArray<FitModel> Fits)
{
    /// <summary>Whether it is a keyed service whose key generated code cannot name.</summary>
    public bool HasHiddenKey => Source == ParameterSource.KeyedService && ServiceKey is null;
}

/// <summary>Where a parameter's value comes from, before whole-graph binding.</summary>
internal enum ParameterSource
{
    /// <summary>To be bound by its type.</summary>
    Binding,

    Job,

    CancellationToken,

    ServiceProvider,

    Service,

    KeyedService,

    ResultOf,
}

/// <summary>How one dependency's result fits a parameter.</summary>
internal enum ResultFit
{
    None,

    /// <summary>By an implicit reference conversion.</summary>
    Convertible,

    /// <summary>It is the same type.</summary>
    Exact,
}

/// <param name="Fit">How the types go together.</param>
/// <param name="MayBeNull">Whether null would go where null is not taken.</param>
internal readonly record struct FitModel(ResultFit Fit, bool MayBeNull);

/// <param name="Key">The key of the handler it leads to.</param>
/// <param name="Display">The class's name, for messages.</param>
internal sealed record HandlerLink(string Key, string Display);
