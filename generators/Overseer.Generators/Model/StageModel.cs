namespace Overseer.Generators.Model;

/// <summary>One method that is a stage by its name.</summary>
/// <param name="Kind">Which stage.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Form">How it returns.</param>
/// <param name="Value">The value it gives; null if none.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Flaw">What makes its signature unsupported, looked at alone; null if nothing does.</param>
/// <param name="HasOverloads">Whether the class has other methods of that name, which a call may be taken for.</param>
/// <param name="HiddenFrom">The base class to call it on, because a member of that name which is no stage hides it in the handler; null otherwise.</param>
/// <param name="IsObsolete">Whether calling it would warn.</param>
internal sealed record StageModel(
    StageKind Kind,
    string Method,
    ReturnForm Form,
    TypeModel? Value,
    EquatableArray<ParameterModel> Parameters,
    string? Flaw,
    bool HasOverloads,
    string? HiddenFrom,
    bool IsObsolete)
{
    public bool IsAsync => Form is ReturnForm.Task or ReturnForm.ValueTask;
}

/// <summary>The values of <c>Overseer.JobStage</c>.</summary>
internal enum StageKind
{
    PreProcess,
    Process,
    PostProcess,
}

/// <summary>How a stage returns; whether with a value is told by <see cref="StageModel.Value"/>.</summary>
internal enum ReturnForm
{
    Direct,
    Task,
    ValueTask,
}
