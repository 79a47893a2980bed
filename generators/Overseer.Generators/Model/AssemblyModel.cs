namespace Overseer.Generators.Model;

/// <summary>What one assembly brings: the one that is compiled, or a referenced one.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Manifest">The generated manifest class of a referenced assembly, as generated code writes it.</param>
/// <param name="References">The names of the assemblies a referenced one refers to: its generated code mentions every one that has handlers.</param>
/// <param name="Json">Its JSON metadata; null if it names no context.</param>
/// <param name="Harnesses">The harnesses of the assembly, in source order.</param>
/// <param name="Handlers">Its handlers.</param>
internal sealed record AssemblyModel(
    string Name,
    string? Manifest,
    EquatableArray<string> References,
    JsonModel? Json,
    EquatableArray<HarnessModel> Harnesses,
    EquatableArray<HandlerModel> Handlers);
