namespace Overseer.Generators.Model;

/// <summary>One handler that a <c>[DependsOn]</c> names.</summary>
/// <param name="Handler">The handler it leads to.</param>
/// <param name="IsHandler">Whether that class has <c>[JobType]</c>.</param>
/// <param name="IsUnresolved">Whether the compiler could not resolve the name, and says so itself.</param>
/// <param name="IsResultKnown">Whether it is clear what its jobs give: if not, a parameter that fits nothing may be meant for it.</param>
/// <param name="Guess">What it would be with <c>[JobType]</c>, where that is all it lacks: graphs are laid out with it, so that their callers see one error only.</param>
/// <param name="Attribute">The attribute's place among those of the class.</param>
/// <param name="Argument">Its place in the attribute.</param>
internal sealed record DependencyModel(
    HandlerLink Handler, bool IsHandler, bool IsUnresolved, bool IsResultKnown, HandlerModel? Guess, int Attribute, int Argument);

/// <param name="Name">The graph's name.</param>
/// <param name="Attribute">The attribute's place among those of the class.</param>
internal sealed record GraphTarget(string Name, int Attribute);
