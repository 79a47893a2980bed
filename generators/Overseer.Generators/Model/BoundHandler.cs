namespace Overseer.Generators.Model;

/// <summary>A handler with every parameter of its stages bound.</summary>
/// <param name="Handler">The handler.</param>
/// <param name="Args">What its args are; null if it takes none.</param>
/// <param name="ArgsName">The name of the parameter that takes them.</param>
/// <param name="Inputs">The dependencies whose results it takes.</param>
/// <param name="Wanted">Handlers whose results it takes though it does not depend on them: its graphs are laid out as if it did, so that callers see one error only.</param>
/// <param name="Stages">Its stages, one of a kind, in the order they run.</param>
/// <param name="Harnesses">The harnesses around its stages, outermost first.</param>
/// <param name="IsComplete">Whether everything it names is known and bound, so that code for it compiles.</param>
internal sealed record BoundHandler(
    HandlerModel Handler,
    TypeModel? Args,
    string? ArgsName,
    EquatableArray<InputModel> Inputs,
    EquatableArray<string> Wanted,
    EquatableArray<BoundStage> Stages,
    EquatableArray<HarnessModel> Harnesses,
    bool IsComplete)
{
    /// <summary>Whether the types of a token for it are known.</summary>
    public bool HasSignature =>
        Handler.JobType is not null
        && (Handler.Flaws & ClassFlaws.Generic) == 0
        && Handler.Stage(StageKind.Process) is not null
        && Handler.Result is null or { IsUsable: true }
        && Args is null or { IsUsable: true };

    /// <summary>Whether a graph can hold a job of it.</summary>
    public bool CanBeAdded => Handler.JobType is not null && Handler.Stage(StageKind.Process) is not null && Args is null or { IsUsable: true };

    /// <summary>The keys of what has to run first.</summary>
    public IEnumerable<string> Upstream => Handler.Dependencies.Select(dependency => dependency.Handler.Key).Concat(Wanted);

    public BoundStage? Stage(StageKind kind)
    {
        foreach (var stage in Stages)
        {
            if (stage.Stage.Kind == kind) return stage;
        }

        return null;
    }
}

/// <param name="Key">The dependency's handler.</param>
/// <param name="JobType">Its job type.</param>
/// <param name="FormerNames">The names it had before.</param>
/// <param name="Type">Its result.</param>
/// <param name="Name">The name of the parameter that takes it first.</param>
internal sealed record InputModel(string Key, string JobType, EquatableArray<string> FormerNames, TypeModel Type, string Name);

/// <param name="Stage">The stage.</param>
/// <param name="Bindings">What each of its parameters takes.</param>
internal sealed record BoundStage(StageModel Stage, EquatableArray<Binding> Bindings);

/// <param name="Kind">Where the value comes from.</param>
/// <param name="Index">Which of <see cref="BoundHandler.Inputs"/> or <see cref="BoundHandler.Harnesses"/>.</param>
internal readonly record struct Binding(BindingKind Kind, int Index = 0);

internal enum BindingKind
{
    /// <summary>Nothing fits; a rule says so, or the compiler.</summary>
    None,
    Job,
    CancellationToken,
    Services,
    Service,
    Args,
    Input,
    Result,
    Provided,
}
