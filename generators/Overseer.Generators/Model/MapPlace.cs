namespace Overseer.Generators.Model;

/// <summary>Where the project's handler map goes.</summary>
/// <param name="Namespace">The namespace, escaped; empty for the global one.</param>
/// <param name="Class">The class: <c>JobHandlers</c>, unless the project has something of that name there.</param>
internal sealed record MapPlace(string Namespace, string Class);
