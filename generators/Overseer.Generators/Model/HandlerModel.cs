namespace Overseer.Generators.Model;

/// <summary>A handler class, as its own declaration and its dependencies' results tell it.</summary>
/// <param name="Key">Names it across assemblies: <c>Reports.Clean, Reports</c>.</param>
/// <param name="MetadataName">Names it in its assembly: <c>Reports.Outer+Clean</c>.</param>
/// <param name="Type">The class.</param>
/// <param name="FullName">As messages show it: <c>Reports.Outer.Clean</c>.</param>
/// <param name="ClassName">Its own name, unescaped.</param>
/// <param name="JobType">Its job type; null if the attribute could not be read.</param>
/// <param name="FormerNames">The names it was stored under before.</param>
/// <param name="IsRetired">Whether it is kept only to finish stored runs.</param>
/// <param name="JobTypeAttribute">The attribute's place among those of the class.</param>
/// <param name="Flaws">What keeps generated code from making one.</param>
/// <param name="Constructor">How one is made.</param>
/// <param name="Stages">The methods that are stages, several of one kind if there is more than one.</param>
/// <param name="NearMiss">Without a <c>Process</c>: which member looks like one, and why it is none.</param>
/// <param name="Dependencies">What it depends on, in source order.</param>
/// <param name="Graphs">The graphs it is a target of.</param>
/// <param name="Harnesses">The harnesses of the class, in source order.</param>
internal sealed record HandlerModel(
    string Key,
    string MetadataName,
    TypeModel Type,
    string FullName,
    string ClassName,
    string? JobType,
    EquatableArray<string> FormerNames,
    bool IsRetired,
    int JobTypeAttribute,
    ClassFlaws Flaws,
    ConstructorModel Constructor,
    EquatableArray<StageModel> Stages,
    string? NearMiss,
    EquatableArray<DependencyModel> Dependencies,
    EquatableArray<GraphTarget> Graphs,
    EquatableArray<HarnessModel> Harnesses)
{
    /// <summary>The one method of a stage; null if there is none or more than one.</summary>
    public StageModel? Stage(StageKind kind)
    {
        StageModel? found = null;
        foreach (var stage in Stages)
        {
            if (stage.Kind != kind) continue;
            if (found is not null) return null;
            found = stage;
        }

        return found;
    }

    /// <summary>What its jobs give to their dependents; null if nothing.</summary>
    public TypeModel? Result => Stage(StageKind.Process)?.Value;
}

[Flags]
internal enum ClassFlaws
{
    None = 0,
    Abstract = 1 << 0,
    Static = 1 << 1,
    Generic = 1 << 2,
    RequiredMembers = 1 << 3,
    Inaccessible = 1 << 4,

    /// <summary>Marked obsolete as an error.</summary>
    Gone = 1 << 5,
}
