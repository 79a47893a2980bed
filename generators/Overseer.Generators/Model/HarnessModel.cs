namespace Overseer.Generators.Model;

/// <summary>One <c>[Harness&lt;T&gt;]</c>.</summary>
/// <param name="Type">The harness class.</param>
/// <param name="IsOfAssembly">Whether the attribute is on the assembly.</param>
/// <param name="Attribute">The attribute's place among those of its class or assembly.</param>
/// <param name="File">Which of the files that hold such attributes it is in.</param>
/// <param name="Stage">The stage it wraps.</param>
/// <param name="Order">Lower is further outside.</param>
/// <param name="Constructor">How it is made.</param>
/// <param name="Contract">The interface it implements, as generated code writes it.</param>
/// <param name="Provides">The value it provides; null for a plain harness.</param>
/// <param name="IsExplicit">Whether it is called by the interface, because it implements that explicitly or a call on the class would be another one.</param>
/// <param name="Flaw">What makes it unusable; null if nothing does.</param>
internal sealed record HarnessModel(
    TypeModel Type,
    bool IsOfAssembly,
    int Attribute,
    int File,
    StageKind Stage,
    int Order,
    ConstructorModel Constructor,
    string Contract,
    TypeModel? Provides,
    bool IsExplicit,
    string? Flaw);
